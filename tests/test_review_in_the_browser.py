"""Typing a translation: one save saves all that was typed."""

import pytest

from tests.cast import join, translate, write_appeal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def review(page):
    translation = translate(write_appeal(by=join("tariq"), passages=3), by=join("tariq"))
    page.goto("/admin/login/?next=/admin/")
    page.get_by_label("Username").fill(join("tariq").username)
    page.get_by_label("Password").fill("tariq")
    page.get_by_role("button", name="Log in").click()
    page.goto(f"/admin/appeals/translation/{translation.pk}/review/")
    for summary in page.locator("details.edit > summary").all():
        summary.click()
    return translation


def texts(translation):
    return list(translation.renderings.order_by("passage").values_list("text", flat=True))


def test_one_save_saves_every_rendering_that_was_typed(page, review):
    boxes = page.locator(".edit textarea")
    for number in range(3):
        boxes.nth(number).fill(f"Typed {number}.")
    page.locator(".edit button").nth(1).click()
    page.locator(".messagelist .success").nth(2).wait_for()
    assert texts(review) == ["Typed 0.", "Typed 1.", "Typed 2."]


def test_what_a_colleague_overtook_is_said_and_nothing_typed_is_lost(page, review, faults):
    boxes = page.locator(".edit textarea")
    for number in range(3):
        boxes.nth(number).fill(f"Typed {number}.")
    review.renderings.filter(text="Passage 3.").update(text="A colleague's.", revision=9)
    page.locator(".edit button").first.click()
    page.locator(".edit textarea:invalid").wait_for()
    assert texts(review) == ["Passage 1.", "Typed 1.", "A colleague's."]
    assert [box.input_value() for box in boxes.all()] == ["Typed 0.", "Typed 1.", "Typed 2."]
    assert [fault for fault in faults if "409" not in fault] == []
    faults.clear()


def test_the_keys_work_where_the_keyboard_writes_other_letters(page, review):
    page.locator(".pair").last.focus()
    page.evaluate(
        "document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'л', code: 'KeyK', bubbles: true}))"
    )
    [_first, second, _third] = review.appeal.passages.all()
    assert page.evaluate("document.activeElement.id") == second.key
