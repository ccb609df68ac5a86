"""Search in a browser: from the box to the passage, on a wide screen and on a telephone."""

import pytest

from tests.readers import publish_post

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reader_finds_a_passage_with_the_keyboard(page, screenshot):
    body = "<p>First.</p>" + "<p>Of other things.</p>" * 60 + "<p>Вода в колодцах солёная.</p>"
    publish_post(title="Salt in the wells", body=body, language="ru")
    page.goto("/posts/")
    page.locator(".masthead input[name=q]").fill("соленая VODA")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator("mark").all_inner_texts() == ["Вода", "солёная"]
    screenshot("search")
    page.locator(".passage-found a").click()
    page.wait_for_url("**/salt/**")
    page.wait_for_function("window.scrollY > 500")


def test_a_telephone_has_a_link_in_the_place_of_the_box(page):
    publish_post()
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto("/posts/")
    assert not page.locator(".masthead input").is_visible()
    links = page.locator(".masthead nav a").all()
    assert len({link.bounding_box()["y"] for link in links}) == 1
    page.get_by_role("link", name="Search").click()
    page.locator("main input").fill("dawm")
    page.keyboard.press("Enter")
    page.get_by_text("This is what there is for").wait_for()
