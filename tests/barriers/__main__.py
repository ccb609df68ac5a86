"""``python -m tests.barriers [WORD ...]``: what axe finds, as a table; a fault ends it with 1.

Every address of the contact sheet (or those that hold one of the words) in every language of the
interface, light and dark, as wide as a desk and as narrow as a telephone.
"""

import sys

from playwright.sync_api import sync_playwright

from tests.showing.serving import served


def main(words: list[str]) -> int:
    """Walk over a site of its own."""
    with served() as site, sync_playwright() as playwright:
        from tests.barriers.walking import walk
        from tests.browser import ARGUMENTS, CHROMIUM
        from tests.showing import addresses

        every = addresses.every_address()
        chosen = [it for it in every if not words or any(word in it for word in words)]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        is_well = walk(browser, site, chosen)
        browser.close()
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
