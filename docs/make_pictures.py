"""Take the pictures of the documentation: ``python docs/make_pictures.py``.

Starts the demonstration in a folder of its own, walks through it in Chromium as its people would,
and writes ``docs/images/``. Needs what the tests need.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PORT = "8765"
SITE = f"http://127.0.0.1:{PORT}"
CHROMIUM = {
    "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
    "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
}
#: What is shown: who looks at it, where, in a file of which name.
DESK = [
    ("rosa_reviewer", "/admin/", "desk-reviewer"),
    ("anna_writer", "/admin/", "desk-writer"),
    ("rosa_reviewer", "=seal proves", "post-in-review"),
    ("edith_editor", "=two years", "post-approved"),
    ("edith_editor", "/admin/calendar/", "calendar"),
    ("milo_moderator", "/admin/blog/comment/queue/", "comments-queue"),
]
READERS = [
    ("/", "front-page", 1280, "light"),
    ("/appeals/marsa-nuhas-wells/en+ar/", "parallel-arabic", 1280, "light"),
    ("/appeals/marsa-nuhas-wells/en+ar/", "parallel-narrow-dark", 360, "dark"),
]


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", PORT],
            cwd=ROOT,
            env=os.environ | {"VAR_DIR": folder},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            take(passwords(server))
        finally:
            server.terminate()
            server.wait()


def passwords(server: "subprocess.Popen[str]") -> dict[str, str]:
    """Return the passwords that the demonstration prints, once it serves."""
    found = {}
    for line in server.stdout or []:
        cells = re.split(r"\s{2,}", line.strip())
        if len(cells) == 5:
            found[cells[0]] = cells[-1]
        if line.startswith("Serving"):
            return found
    raise SystemExit("The demonstration did not start.")


def take(words: dict[str, str]) -> None:
    """Take every picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)  # type: ignore[arg-type]
        for path, name, width, scheme in READERS:
            page = browser.new_page(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,  # type: ignore[arg-type]
            )
            page.goto(SITE + path)
            picture(page, name)
            page.close()
        for username, where, name in DESK:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            sign_in(page, username, words[username])
            go(page, where)
            picture(page, name)
            page.close()
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        sign_in(page, "tamar_translator", words["tamar_translator"])
        page.goto(f"{SITE}/admin/appeals/translation/?q=Lettre ouverte sur la salle")
        found = str(page.locator("#result_list tbody th a").first.get_attribute("href"))
        page.goto(SITE + re.sub(r"/change/.*", "/review/", found))
        picture(page, "translation-review")
        page.goto(f"{SITE}/admin/appeals/appeal/?q=reading")
        found = str(page.locator("#result_list tbody th a").first.get_attribute("href"))
        page.goto(SITE + re.sub(r"/change/.*", "/signatories/", found))
        picture(page, "ledger")
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        sign_in(page, "edith_editor", words["edith_editor"])
        go(page, "/admin/sweep/")
        page.get_by_label("The name and its variants").fill("Orysia Komyshan")
        page.get_by_role("button", name="Search everywhere").click()
        picture(page, "redaction", whole=True)
        browser.close()


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto(f"{SITE}/admin/login/?next=/admin/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.click("[type=submit]")
    page.wait_for_url(f"{SITE}/admin/")


def go(page: Page, where: str) -> None:
    """Go to an address, or to the post of a title ("=title")."""
    if where.startswith("="):
        page.goto(f"{SITE}/admin/blog/post/?q={where[1:]}")
        page.goto(SITE + str(page.locator("#result_list tbody th a").first.get_attribute("href")))
    else:
        page.goto(SITE + where)


def picture(page: Page, name: str, whole: bool = False) -> None:
    page.screenshot(path=IMAGES / f"{name}.png", full_page=whole)


if __name__ == "__main__":
    main()
