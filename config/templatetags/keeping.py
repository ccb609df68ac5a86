"""What copies say in plain words where a page says it by its looks."""

from django import template

from appeals.parts import line

register = template.Library()
register.filter("line", line)
