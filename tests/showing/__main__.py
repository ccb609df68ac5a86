"""``python -m tests.showing FOLDER [WORD ...]``: the contact sheet, or that of some addresses."""

import sys
from pathlib import Path

from tests.showing.serving import served


def main(folder: Path, words: list[str]) -> None:
    """Take the pictures of a site of its own."""
    with served() as site:
        from tests.showing import addresses, sheet

        every = [*addresses.every_address(), *sheet.FRONTS]
        chosen = [it for it in every if not words or any(word in it for word in words)]
        folder.mkdir(parents=True, exist_ok=True)
        sheet.take(site, list(sheet.shots(chosen)), folder)
    print(f"{len(chosen)} pages: {folder / 'index.html'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
