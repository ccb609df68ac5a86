"""Where a working copy can be looked at, and by whom, for its page at the desk."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from editorial.previewing import DAYS, links_to

register = template.Library()


@register.inclusion_tag("admin/editorial/_previews.html", takes_context=True)
def preview_links(context: Any, item: Any) -> dict[str, Any]:
    """List an item's links, with what this person may do about them."""
    user, opts = context["request"].user, item._meta
    names = [opts.app_label, opts.model_name, item.pk]
    return {
        "preview_url": reverse("admin:preview", args=names),
        "make_url": reverse("admin:make_preview_link", args=names),
        "links": [
            (link, f"{settings.SITE_URL}{link.get_absolute_url()}") for link in links_to(item)
        ],
        "days": DAYS,
        "may_make": user.has_perm("editorial.add_previewlink"),
        "may_revoke": user.has_perm("editorial.change_previewlink"),
    }
