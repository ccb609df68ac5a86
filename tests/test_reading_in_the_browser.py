"""Every type of page in Chromium: for everybody, at any width, in the dark, by keyboard, in Arabic.

A walk with one browser over one site. What it does not see, `tests.showing` shows to an eye.
"""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core import mail
from django.template.loader import render_to_string

from editorial.addresses import in_language
from editorial.registers import Entry, Register
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
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const {data, parentElement} = texts.currentNode;
    if (parentElement.closest("[lang]").lang === "ar" && !parentElement.closest("[dir=auto]") &&
        /\\p{Script=Arabic}[)]?[,;]|[,;] *\\p{Script=Arabic}/u.test(data))
      found.push(`a mark of another script: ${data.trim()}`);
  }
  return found;
}"""

#: Returns all that can be read on a page, and where one can go from it.
READ = """() => [
  document.title,
  document.body.innerText,
  [...document.querySelectorAll("a[href], form")].map((it) => [it.href || it.action, it.innerText]),
]"""

#: Returns the text as a browser without styles shows it.
PLAIN = """() => {
  for (const sheet of document.styleSheets) sheet.disabled = true;
  return document.body.innerText;
}"""

#: What a text shows where something that it should say is missing, or was not filled in.
SCAR = re.compile(
    r"\{\{|\{%|%\(|\bNone\b|\bundefined\b|\(\s*\)|· *·|^ *·|· *$| ,|,,| \.(?:\s|$)", re.MULTILINE
)

#: Returns the links that do not say where they lead.
MUTE = """() => [...document.links].filter((it) => {
  const pictures = [...it.querySelectorAll("img")].map((picture) => picture.alt);
  const words = (it.ariaLabel || it.textContent + pictures.join("")).trim();
  return !words || /^(here|link|more|read more|this|[^\\p{L}\\p{N}]+)$/iu.test(words);
}).map((it) => `says nothing: ${it.outerHTML.slice(0, 200)}`)"""

#: Returns what has the focus, and whether that is to be seen.
FOCUS = """() => {
  const it = document.activeElement;
  if (it === document.body) return null;
  const all = [...document.querySelectorAll("*")];
  const isSeen = getComputedStyle(it).outlineStyle !== "none";
  return [all.indexOf(it), isSeen, it.outerHTML.slice(0, 120)];
}"""


def walk(page, pages, width, theme, language):
    """Return what is wrong with each page, read in one way, and what there is to read on it."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found, read = [], {}
    for address in pages:
        page.goto(in_language(address, language))
        read[address] = page.evaluate(READ)
        faults = page.evaluate(FAULTS) + page.evaluate(MUTE) + barriers(page, sizes=True)
        text = page.evaluate(PLAIN)
        faults += [text[max(at.start() - 40, 0) : at.end() + 40] for at in SCAR.finditer(text)]
        found += [f"{address}: {fault}" for fault in faults]
    return found, read


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


def differing(plain, read):
    """Return the pages that are not the same when no script may run."""
    plain.set_viewport_size({"width": 1280, "height": 900})
    found = []
    for address, shown in read.items():
        plain.goto(address)
        if plain.evaluate(READ) != shown:
            found.append(address)
    return found


def test_every_page_is_for_everybody(page, plain, context):
    addresses.load()
    pages = addresses.one_of_each()
    found, _read = walk(page, pages, 320, "dark", "ar")
    assert found == []
    found, read = walk(page, pages, 1280, "light", "en")
    assert found == []
    assert differing(plain, read) == []
    a_reader_needs_no_script(plain)
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


def test_a_letter_stands_with_its_names_in_every_column(page, rf):
    css = Path(finders.find("css/site.css")).read_text()
    alone = """all => all.filter((it) => it.getBoundingClientRect().top >
      it.nextElementSibling.firstElementChild.getBoundingClientRect().top).length"""
    page.set_viewport_size({"width": 768, "height": 900})
    for many in range(1, 13):
        counts = dict(zip("ABCDE", (many, 1, 2, 1, 3), strict=True))
        names = [f"{letter}{n}" for letter, count in counts.items() for n in range(count)]
        register = Register([Entry(name, name.lower(), 1) for name in names], rf.get("/"))
        shown = render_to_string("_register.html", {"register": register, "to": "place"})
        page.set_content(f"<style>{css}</style><main class=sheet>{shown}</main>")
        assert page.locator(".letter > h2").evaluate_all(alone) == 0, many


def a_reader_needs_no_script(plain):
    """See that everything readers are promised can be done where no script runs."""
    finds_a_text(plain)
    reads_two_languages(plain)
    compares_two_editions(plain)
    comments(plain)
    asks_for_letters(plain)
    plain.get_by_role("link", name="العربية").click()
    plain.wait_for_url("**/ar/letters/**")
    assert plain.locator("html[lang=ar][dir=rtl] h1").count() == 1


def finds_a_text(plain):
    plain.goto("/")
    plain.locator("nav").get_by_role("link", name="Search").click()
    plain.get_by_label("Words to look for").fill("salt wells")
    plain.keyboard.press("Enter")
    plain.wait_for_url("**/search/?q=salt+wells*")
    kinds = plain.locator("article > .label")
    kinds.first.wait_for()
    assert {kind.split()[0] for kind in kinds.all_inner_texts()} > {"APPEAL", "POST"}
    plain.get_by_text("Narrow down").click()
    plain.locator(".narrow").get_by_role("link", name="Appeals", exact=True).click()
    plain.get_by_role("link", name="Not only Appeals").wait_for()
    assert {kind.split()[0] for kind in kinds.all_inner_texts()} == {"APPEAL"}
    plain.get_by_role("link", name="Statement of the salt and harbour workers").first.click()
    plain.wait_for_url(f"**{addresses.WELLS}")


def reads_two_languages(plain):
    plain.get_by_role("link", name="English and Arabic side by side").click()
    plain.wait_for_url(f"**{addresses.WELLS}en+ar/")
    for text in ("The sea is for all, and the water is for all!", "البحر للجميع، والماء للجميع!"):
        assert plain.get_by_text(text).is_visible()


def compares_two_editions(plain):
    plain.goto(addresses.SALT)
    plain.get_by_role("link", name="Compare with what stood before").click()
    plain.wait_for_url(f"**{addresses.SALT}editions/1-2/")
    assert plain.locator("del", has_text="heavy").is_visible()


def comments(plain):
    plain.goto(addresses.SALT)
    plain.get_by_label("Comment", exact=True).fill("Two hundred and twelve, I counted.")
    plain.get_by_role("button", name="See it, then send it").click()
    plain.get_by_text("Not sent yet: this is how it will look").wait_for()
    plain.get_by_role("button", name="Send", exact=True).click()
    plain.get_by_text("With the moderators. Nobody else sees it").wait_for()


def asks_for_letters(plain):
    plain.get_by_role("link", name="Letters by e-mail").click()
    plain.get_by_label("Your e-mail address").fill("ana@reader.example")
    plain.get_by_label("How often").select_option(label="every day")
    plain.get_by_role("button", name="Ask for letters").click()
    plain.get_by_text("open the letter and confirm").wait_for()
    [address] = re.findall(r"http://testserver(/letters/confirm/\S+)", mail.outbox[-1].body)
    plain.goto(address)
    plain.get_by_role("button", name="Yes, send me letters").click()
    plain.get_by_text("The next letter comes as soon as something is new.").wait_for()


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
