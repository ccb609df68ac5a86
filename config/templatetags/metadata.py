"""What stands in the head of a page for programs: OpenGraph, and schema.org as JSON-LD."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from config.cards.views import address
from config.metadata import graphs
from editorial.addresses import whole

register = template.Library()

#: What could end the element or begin a comment in it, written as JSON also allows.
ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def linked_data(graph: graphs.Graph) -> SafeString:
    """Write a data block of JSON-LD.

    It is no script: HTML calls it a data block, browsers do not run it and a content security
    policy does not ask about it. It stands in the page because search engines read it nowhere
    else; a linked file would cost a request and find no reader.
    """
    text = json.dumps(
        {"@context": graphs.CONTEXT} | graph, ensure_ascii=False, separators=(",", ":")
    )
    block = mark_safe(text.translate(ESCAPED))
    return format_html('<script type="application/ld+json">{}</script>', block)


@register.simple_tag(takes_context=True)
def graph_of_post(context: Any) -> graphs.Graph:
    """Return the post that a page shows."""
    names = ("edition", "versions", "appeals", "history")
    return graphs.of_post(*(context[name] for name in names))


@register.simple_tag(takes_context=True)
def graph_of_page(context: Any) -> graphs.Graph:
    """Return the page of the site that is shown."""
    return graphs.of_page(context["edition"], context["history"])


@register.simple_tag(takes_context=True)
def graph_of_appeal(context: Any) -> graphs.Graph:
    """Return the appeal that a page shows."""
    return graphs.of_appeal(context["edition"], context["tongues"], context["history"])


@register.simple_tag(takes_context=True)
def graph_of_text(context: Any) -> graphs.Graph:
    """Return the text of an appeal that a page shows."""
    path = context["request"].path
    return graphs.of_text(context["edition"], context["side"], path, context["history"])


@register.simple_tag
def graph_of_person(row: Any) -> graphs.Graph:
    """Return the person that a page is about."""
    return graphs.person({"name": row.name, "slug": row.slug})


@register.simple_tag
def graph_of_organisation(row: Any) -> graphs.Graph:
    """Return the organisation that a page is about."""
    return graphs.organisation({"name": row.name, "slug": row.slug})


@register.simple_tag
def card_address(edition: Any) -> str:
    """Return the whole address of the picture made for a live edition."""
    return whole(address(edition))


@register.simple_tag
def graph_of_newsroom() -> graphs.Graph:
    """Return who publishes the site."""
    return graphs.newsroom()


@register.simple_tag(takes_context=True)
def graph_of_collection(context: Any, name: str, listed: Any = ()) -> graphs.Graph:
    """Return the page that lists others. One that a query has turned is no other collection.

    Args:
        listed: pairs of what it lists and a template; left out where they are very many.
    """
    shown = () if context["request"].GET else listed
    items = [(edition.title, edition.get_absolute_url()) for edition, _template in shown]
    return graphs.collection(name, context["request"].path, items)
