"""What waits at the site itself: its pages, and its masthead."""

from functools import partial

from config.masthead.models import Masthead
from config.pages.models import Page
from editorial import desk
from editorial.waiting import working_copies


def register() -> None:
    """Tell the desk whom to ask."""
    desk.register("pages", partial(working_copies, Page))
    desk.register("masthead", partial(working_copies, Masthead))
