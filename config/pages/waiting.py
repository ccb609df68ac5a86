"""What waits among the pages of the site."""

from functools import partial

from config.pages.models import Page
from editorial import desk
from editorial.waiting import working_copies


def register() -> None:
    """Tell the desk whom to ask."""
    desk.register("pages", partial(working_copies, Page))
