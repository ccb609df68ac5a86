"""The browser of the tests sees the faults of a page."""

from playwright.sync_api import Page, Route

from tests.browser import barriers


def plant(page: Page, html: str, policy: str = "") -> None:
    """Let `/planted/` answer with `html`, under a content security policy if one is given."""

    def answer(route: Route) -> None:
        headers = {"content-security-policy": policy} if policy else {}
        page_html = f"<!doctype html><link rel=icon href=data:,>{html}"
        route.fulfill(body=page_html, content_type="text/html", headers=headers)

    page.route("**/planted/", answer)
    page.goto("/planted/")


def seen(faults: list[str]) -> list[str]:
    """Return the faults collected so far and forgive them."""
    found = faults.copy()
    faults.clear()
    return found


def test_a_request_to_another_host_is_a_fault(page, faults):
    plant(page, "<img src='http://elsewhere.example/a.png'>")

    assert "request to another host: http://elsewhere.example/a.png" in seen(faults)


def test_what_the_policy_blocks_is_a_fault(page, faults):
    plant(page, "<p style='color: red'>", policy="default-src 'self'")

    assert "console: CSP: style-src-attr blocks inline" in seen(faults)


def test_an_error_in_a_script_is_a_fault(page, faults):
    plant(page, "<script>throw new Error('torn')</script>")

    assert [fault for fault in seen(faults) if "torn" in fault]


def test_a_missing_image_is_a_fault_and_a_missing_page_is_none(page, faults):
    page.goto("/nothing/here/")
    assert seen(faults) == []

    plant(page, "<img src='/nothing/here.png'>")
    assert len(seen(faults)) == 1


def test_a_picture_without_a_text_is_a_barrier(page):
    plant(page, "<html lang=en><title>a</title><main><h1>a</h1><img src='data:image/gif;base64,'>")

    assert [barrier.partition(":")[0] for barrier in barriers(page)] == ["image-alt"]
