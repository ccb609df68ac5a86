"""The sweep and the names of an appeal as people meet them: in the dark, on a phone."""

import re

import pytest
from django.conf import settings

from tests.browser import barriers
from tests.cast import join
from tests.newsroom import ANA, build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newsroom(context, client, live_server):
    made = build(ANA)
    made.appeal.signatories.create(name_status="withheld", role="President", position=2)
    client.force_login(join("edda"))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": f"{live_server.url}/admin/"}]
    )
    return made


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 360)])
def test_the_sweep_is_for_everybody(page, newsroom, screenshot, colours, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    page.goto("/admin/")
    page.get_by_role("link", name="Where a name stands").click()
    page.get_by_label("The name and its variants").fill("\n".join(ANA.values))
    page.get_by_role("button", name="Search everywhere").click()
    assert page.url.endswith("/admin/sweep/")
    screenshot(f"sweep-{colours}-{width}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_name_goes_with_a_few_clicks(page, newsroom):
    page.goto("/admin/sweep/")
    page.get_by_label("The name and its variants").fill("\n".join(ANA.values))
    page.get_by_role("button", name="Search everywhere").click()
    page.get_by_label("Why, in words that may be kept").fill("At her request")
    page.get_by_label("I read what will happen").check()
    page.get_by_role("button", name="Redact").click()
    page.get_by_text("places redacted").wait_for()
    assert page.get_by_label("The name and its variants").input_value() == ""
    page.goto("/appeals/kappeal/")
    assert "Petrel" not in page.content()


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 360)])
def test_the_names_of_an_appeal_are_for_everybody(page, newsroom, screenshot, colours, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    page.goto(newsroom.appeal.desk_path())
    assert "is one person" in page.locator(".exposed").inner_text()
    screenshot(f"names-{colours}-{width}")
    assert barriers(page) == []
    page.get_by_role("button", name=re.compile("Hide at once.*Ana Petrel")).click()
    page.get_by_text("The name is hidden").wait_for()
    assert "Ana Petrel" in page.locator("textarea[name=names]").input_value()
    screenshot(f"hidden-{colours}-{width}")
    assert barriers(page) == []
    page.get_by_role("link", name=re.compile("^Names in")).click()
    assert "Ana Petrel" not in page.locator("#names").inner_text()
