"""Twenty passages from the first word to the reader: by keyboard alone, and without a script."""

import pytest

from appeals.models import Translation
from editorial.sealing import publish
from tests.cast import approve, join, write_appeal
from tests.desk import page as page_of
from tests.people import Browser, arrive
from tests.test_translation_review import address

NUMBERS = range(1, 21)


def rendered(number):
    return f"The passage {number}."


def published_appeal():
    return publish(approve(write_appeal(passages=20, slug="lake")), by=join("edda")).item


def readers_see_it():
    reader = Browser().open("/appeals/lake/de/")
    assert "An das Volk" in reader.text
    assert all(rendered(number) in reader.text for number in NUMBERS)


@pytest.mark.django_db
def test_without_a_script():
    appeal = published_appeal()
    tariq, rosa, edda = (arrive(name) for name in ("tariq", "rosa", "edda"))
    tariq.open(page_of(appeal)).follow("Translate into a language")
    tariq.press("Save", language="German", title="An das Volk")
    translation = Translation.objects.get()
    assert (translation.language, tariq.address) == ("de", address(translation))
    for number in NUMBERS:
        tariq.press("Save (to be reviewed)", within=f"p{number}", text=rendered(number))
    tariq.follow("The translation as a whole").press("Submit for review")

    rosa.open("/admin/").follow("An das Volk").follow("Translate and review the passages")
    for number in NUMBERS:
        rosa.press("Accept", within=f"p{number}")
    rosa.follow("The translation as a whole").press("Approve (does not publish)")
    edda.open(page_of(translation)).press("Publish now")
    readers_see_it()


def tab_to(page, words):
    """Press Tab until what has the focus says so, as somebody without a mouse would."""
    for _time in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.textContent"):
            return
    raise AssertionError(f"no way by Tab to {words!r}")


def go(page, key, away="**"):
    """Press a key that leads to another page."""
    with page.expect_navigation(url=away):
        page.keyboard.press(key)


@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(sit):
    appeal = published_appeal()
    page = sit("tariq")
    page.goto(page_of(appeal))
    tab_to(page, "What you can do")
    page.keyboard.press("Enter")
    tab_to(page, "Translate into a language")
    go(page, "Enter")
    page.get_by_label("Language", exact=False).first.focus()
    page.keyboard.type("german")
    page.get_by_label("Title").focus()
    page.keyboard.type("An das Volk")
    go(page, "Enter")
    page.keyboard.press("w")
    for number in NUMBERS:
        page.keyboard.press("e")
        page.keyboard.type(rendered(number))
        go(page, "Control+Enter")
    tab_to(page, "The translation as a whole")
    go(page, "Enter")
    tab_to(page, "Submit for review")
    go(page, "Enter")

    page = sit("rosa")
    page.goto(address(Translation.objects.get()))
    for key, at in (("j", "p1"), ("j", "p2"), ("k", "p1"), ("w", "p2"), ("k", "p1")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == at
    page.keyboard.press("n")
    page.keyboard.type("Is it the same water?")
    go(page, "Control+Enter")
    assert "Is it the same water?" in page.locator("#p1").inner_text()
    for _number in NUMBERS:
        go(page, "a")
    assert page.url.endswith("#onward")
    tab_to(page, "The translation as a whole")
    go(page, "Enter")
    tab_to(page, "Approve (does not publish)")
    go(page, "Enter")

    page = sit("edda")
    page.goto(f"{page_of(Translation.objects.get())}#acts")
    tab_to(page, "Publish now")
    go(page, "Enter")
    readers_see_it()


@pytest.mark.django_db(transaction=True)
def test_the_letters_can_be_switched_off_and_stay_so(sit):
    appeal = published_appeal()
    translation = Translation.objects.create(appeal=appeal, language="de")
    page = sit("rosa")
    page.goto(address(translation))
    page.get_by_text("Keys", exact=True).click()
    page.get_by_label("Letters are keys on this page").uncheck()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
