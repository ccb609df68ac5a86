"""Addresses as templates write them."""

from django import template

from editorial.addresses import canonical, whole
from editorial.sanitising import shown

register = template.Library()
register.filter("canonical", canonical)
register.filter("whole", whole)
register.filter("shown", shown)
