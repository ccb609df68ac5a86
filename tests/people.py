"""People at their browsers: they read a page, fill in a form of it and press a button."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from lxml import html

from tests.cast import join


class Browser:
    """A browser without scripts: it sends what the page's own form says, and its cookies."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.address = "/"
        self.status = 0
        self.page: Any = None

    @property
    def text(self) -> str:
        """The words of the page, on one line."""
        return " ".join(self.page.text_content().split())

    def open(self, address: str) -> "Browser":
        """Go to an address."""
        return self.show(self.client.get(address, follow=True), address)

    def show(self, response: Any, address: str) -> "Browser":
        chain = response.redirect_chain
        self.address = urlsplit(chain[-1][0] if chain else address).path
        self.status = response.status_code
        self.page = html.document_fromstring(response.content.decode())
        return self

    def follow(self, words: str) -> "Browser":
        """Follow the link that says so."""
        [link, *_others] = [a for a in self.page.iter("a") if words in said(a)]
        return self.open(urljoin(self.address, link.get("href")))

    def buttons(self) -> list[str]:
        """Return what the buttons of the page say."""
        return [said(button) for button in self.page.iter("button", "input") if is_button(button)]

    def press(self, words: str, within: str = "", **filled: Any) -> "Browser":
        """Press the button that says so, after filling in its form.

        Args:
            within: the id of what the form stands in, where several have the same button.
        """
        page = self.page.get_element_by_id(within) if within else self.page
        found = [b for b in page.iter("button", "input") if is_button(b) and words in said(b)]
        assert found, f"no button says {words!r}, only {self.buttons()}"
        form = next(found[0].iterancestors("form"))
        unknown = filled.keys() - set(form.fields.keys())
        assert not unknown, f"the form has no {unknown}"
        data: dict[str, Any] = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        if name := found[0].get("name"):
            data[name] = found[0].get("value", "")
        address = urljoin(self.address, form.get("action") or "")
        return self.show(self.client.post(address, data | filled, follow=True), address)


def is_button(element: Any) -> bool:
    return element.tag == "button" or element.get("type") == "submit"


def said(element: Any) -> str:
    """Return what a link or a button says."""
    return " ".join(
        (element.get("value") if element.tag == "input" else element.text_content()).split()
    )


def arrive(username: str) -> Browser:
    """Return the browser of a member of the cast who has signed in with a password."""
    join(username)
    browser = Browser().open("/admin/")
    assert "/login/" in browser.address
    browser.press("Log in", username=username, password=username)
    assert "/login/" not in browser.address, browser.text
    return browser
