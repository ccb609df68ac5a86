"""Every type of page in Chromium: for everybody, at any width, in the dark, by keyboard, in Arabic.

A walk with one browser over one site. What it does not see, `tests.showing` shows to an eye.
"""

import pytest

from editorial.addresses import in_language
from tests.browser import barriers
from tests.showing import addresses

pytestmark = pytest.mark.django_db(transaction=True)

#: Returns what a page has that no page may have.
FAULTS = """() => {
  const found = [];
  const note = (fault, elements) =>
    elements.forEach((it) => found.push(`${fault}: ${it.outerHTML.slice(0, 200)}`));
  const all = (selector) => [...document.querySelectorAll(selector)];
  const loaded = performance.getEntriesByType("resource")
    .filter((entry) => !entry.name.endsWith("/icon.svg")).map((entry) => entry.initiatorType);
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window");
  if (document.cookie) found.push("a cookie");
  if (loaded.filter((kind) => kind === "link").length > 1) found.push("more than one style sheet");
  if (loaded.some((kind) => !["link", "img"].includes(kind))) found.push(`loads ${loaded}`);
  for (const once of ["main", "h1", "body > .sheet > header", "body > .sheet > footer"])
    if (all(once).length !== 1) found.push(`${all(once).length} of ${once}`);
  const first = document.querySelector("a[href], button, input");
  if (first.hash !== "#" + document.querySelector("main").id) note("before the skip link", [first]);
  note("a script", all("script:not([type='application/ld+json'])"));
  const controls = all("a[href], button, input:not([type=hidden]), select, textarea, summary")
    .filter((it) => it.name !== "topic");  // a trap for machines
  note("out of the keyboard's order", controls.filter((it) => it.tabIndex !== 0));
  note("before all others", all("[tabindex]").filter((it) => it.tabIndex > 0));
  note("moves", all("*").filter((it) => getComputedStyle(it).transitionDuration !== "0s"));
  note("not lazy, or of no size", all("img:not([loading=lazy][width][height])"));
  note("a language with no direction", all("[lang]:not([dir])"));
  return found;
}"""

#: Returns the text as a browser without styles shows it.
PLAIN = """() => {
  for (const sheet of document.styleSheets) sheet.disabled = true;
  return document.body.innerText;
}"""

#: Returns what has the focus, and whether that is to be seen.
FOCUS = """() => {
  const it = document.activeElement;
  if (it === document.body) return null;
  const all = [...document.querySelectorAll("*")];
  const isSeen = getComputedStyle(it).outlineStyle !== "none";
  return [all.indexOf(it), isSeen, it.outerHTML.slice(0, 120)];
}"""


def faults_of(page, width, theme, language):
    """Return what is wrong with each page, at a width, in a theme and in a language."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found = []
    for address in addresses.one_of_each():
        page.goto(in_language(address, language))
        faults = page.evaluate(FAULTS) + barriers(page, sizes=True)
        found += [f"{address}: {fault}" for fault in faults]
    return found


def order_of_focus(page):
    """Return the places, from the top of the page, that the keyboard goes through."""
    places = []
    for _press in range(400):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            return places
        place, is_seen, html = focus
        assert is_seen, html
        places.append(place)
    raise AssertionError("the keyboard does not come out of the page again")


def test_every_page_is_for_everybody(page, context):
    addresses.load()
    assert faults_of(page, 1280, "light", "en") == []
    assert faults_of(page, 320, "dark", "ar") == []
    for address in (addresses.TALKED, addresses.SCANNED, "/search/?q=salt"):
        page.goto(address)
        places = order_of_focus(page)
        assert places == sorted(places), address
        controls = page.locator("a[href], select, textarea, summary").evaluate_all(
            "all => all.filter((it) => it.checkVisibility() && !it.closest('.unseen')).length"
        )
        assert len(places) > controls, address
    page.goto(addresses.WELLS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.tagName === 'MAIN'")
    reads_in_order(page)
    assert context.cookies() == []


def reads_in_order(page):
    """See that a text browser shows things one after the other as one would read them aloud."""
    page.goto(addresses.WELLS)
    text = page.evaluate(PLAIN)
    parts = (
        *("Skip to the text", "BROADSIDE", "Posts", "Search", "STATEMENT", "Statement of the salt"),
        *("Marsa Nuhas, February", "Arabic (original)", "Signed by", "Sources", "Front page"),
    )
    at = [text.upper().find(part.upper()) for part in parts]
    assert -1 not in at, dict(zip(parts, at, strict=True))
    assert at == sorted(at), dict(zip(parts, at, strict=True))
