"""The desk as its people use it: pages, forms filled in as a browser would, buttons pressed."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.cast import join


class Fields(HTMLParser):
    """Collects what a browser would send of one form."""

    def __init__(self, action: str | None) -> None:
        super().__init__()
        self.action = action
        self.inside = False
        self.data: dict[str, Any] = {}
        self.area: str | None = None
        self.select: str | None = None
        self.first: str | None = None

    def put(self, name: str, value: str) -> None:
        self.data.setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        at = dict(attrs)
        if tag == "form":
            self.inside = at.get("action") == self.action and at.get("id") != "logout-form"
        if not self.inside or (not at.get("name") and tag != "option"):
            return
        name = at.get("name", "")
        if tag == "input" and at.get("type") in ("checkbox", "radio"):
            if "checked" in at:
                self.put(name, at.get("value", "on"))
        elif tag == "input" and at.get("type") not in ("submit", "file", "button"):
            self.put(name, at.get("value") or "")
        elif tag == "textarea":
            self.area = name
            self.put(name, "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in at:
            self.put(self.select, at.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data: str) -> None:
        if self.area and self.inside:
            # A browser drops the first line break of a textarea.
            value = self.data[self.area]
            value[-1] = (value[-1] + data).removeprefix("\r\n").removeprefix("\n")


def fields(response: Any, action: str | None = None) -> dict[str, Any]:
    """Return what the form with this action (none: the page's own) would send."""
    parser = Fields(action)
    parser.feed(response.content.decode())
    return parser.data


def sit(username: str) -> Client:
    """Return a browser in which a member of the cast is signed in."""
    client = Client()
    client.force_login(join(username))
    return client


def page(item: Any, verb: str = "change") -> str:
    """Return the address of an item's page, or of one of its verbs."""
    opts = item._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{verb}", args=[item.pk])


def listing(model: Any) -> str:
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")


def press(client: Client, item: Any, act: str, **data: Any) -> Any:
    """Press a button of the panel, having looked at the item as it is now."""
    item.refresh_from_db()
    return client.post(
        page(item, "move"), {"act": act, "revision": item.revision} | data, follow=True
    )


def save(client: Client, item: Any, opened: Any = None, **changes: Any) -> Any:
    """Change some fields of an item's form and save it; ``opened`` is a page read earlier."""
    data = fields(opened or client.get(page(item)))
    data |= {name.replace("__", "-"): value for name, value in changes.items()}
    data.setdefault("_continue", "1") if "_submit" not in data else None
    return client.post(page(item), data, follow=True)
