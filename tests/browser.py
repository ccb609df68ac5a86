"""Chromium for the tests that need a real browser, and what they may never see there."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from tests.cast import join

SCREENSHOTS = Path(__file__).parent.parent / "var" / "screenshots"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]
REPORT_CSP = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} blocks ${event.blockedURI}`));
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one Chromium for a module's tests.

    Not for the session: while Playwright runs, Django takes the thread for an asynchronous one
    and refuses the database, which is allowed here, and only here, by the variable.
    """
    if not shutil.which(CHROMIUM):
        pytest.skip(f"no browser at {CHROMIUM}; install chromium or set CHROMIUM")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            yield chromium
            chromium.close()


@pytest.fixture
def faults() -> list[str]:
    """Collect what went wrong in the browser; a test that expects faults compares and clears."""
    return []


@pytest.fixture
def context(
    browser: Browser, live_server: LiveServer, faults: list[str]
) -> Iterator[BrowserContext]:
    """Open a window of a new visitor; its pages' faults fail the test at the end.

    A fault is a request to another host, an error on the console or in a script, and whatever
    the content security policy blocks. What Chromium prints when the page itself answers 404 or
    410, or lacks an icon, is none.
    """
    window = browser.new_context(base_url=live_server.url, locale="en", reduced_motion="reduce")
    window.set_default_timeout(30_000)  # for a machine that has much else to do
    window.add_init_script(REPORT_CSP)
    visited: set[str] = set()

    def see_request(request: Request) -> None:
        if request.is_navigation_request():
            visited.add(request.url)
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and (
            f"{address.scheme}://{address.netloc}" != live_server.url
        ):
            faults.append(f"request to another host: {request.url}")

    def see_console(message: ConsoleMessage) -> None:
        asked = message.location["url"]
        is_status = "status of 4" in message.text
        if message.type == "error" and not (
            is_status and (asked in visited or asked.endswith("/favicon.ico"))
        ):
            faults.append(f"console: {message.text}")

    window.on("request", see_request)
    window.on("console", see_console)
    window.on("weberror", lambda error: faults.append(f"script: {error.error}"))
    yield window
    window.close()
    assert faults == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Open a tab: `page.goto("/")` asks the live server."""
    return context.new_page()


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Open a tab in which no script runs."""
    window = browser.new_context(
        base_url=live_server.url, locale="en", java_script_enabled=False, reduced_motion="reduce"
    )
    window.set_default_timeout(30_000)
    yield window.new_page()
    assert window.cookies() == []
    window.close()


@pytest.fixture
def sit(context: BrowserContext) -> Callable[[str], Page]:
    """Return a function that signs somebody in at the desk, in the place of whoever was there."""

    def sit(username: str) -> Page:
        join(username)
        context.clear_cookies()
        page = context.new_page()
        page.goto("/admin/login/?next=/admin/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(username)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/admin/")
        return page

    return sit


@pytest.fixture
def screenshot(page: Page) -> Callable[[str], Path]:
    """Return a function that keeps the whole page as var/screenshots/NAME.png."""

    def keep(name: str) -> Path:
        file = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=file, full_page=True)
        return file

    return keep


def barriers(page: Page, sizes: bool = False) -> list[str]:
    """Return what axe finds wrong with a page for people who see, hear or move differently.

    Args:
        sizes: whether what is to be clicked is measured too (WCAG 2.2, 2.5.8).
    """
    # Preloading writes the pages' style sheets inline, which their policy rightly blocks.
    # What is well is not sent: it is most of what there would be to send.
    options = {
        "preload": False,
        "resultTypes": ["violations"],
        "rules": {"target-size": {"enabled": sizes}},
    }
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]
