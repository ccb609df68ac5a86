"""Lists in pages that have numbers: ``?page=2``."""

from django.http import Http404, HttpRequest

from editorial.numbers import whole


def turn(request: HttpRequest) -> None:
    """Remember that a request asks for another page than the first of a list."""
    request.is_turned = True  # type: ignore[attr-defined]


class Paged:
    """Which page of a list a request asks for, and which ones are beside it.

    Attributes:
        number: the page asked for, from 1 on; 1 where the request names none.
        pages: how many there are; an empty list has one.

    Raises:
        Http404: there is no such page.
    """

    def __init__(self, request: HttpRequest, count: int, size: int) -> None:
        self.size = size
        self.pages = max(1, -(-count // size))
        asked = request.GET.get("page", "1")
        number = whole(asked) or 0
        # One spelling: a page has no second address with noughts before its number.
        if not 1 <= number <= self.pages or asked != str(number):
            raise Http404
        self.number = number
        if number > 1:
            turn(request)

    @property
    def start(self) -> int:
        """The place in the list at which this page begins, from 0 on."""
        return (self.number - 1) * self.size

    @property
    def end(self) -> int:
        """The place in the list before which this page ends; the list may end earlier."""
        return self.start + self.size

    @property
    def before(self) -> int:
        """The number of the page before; 0 where there is none."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The number of the page after; 0 where there is none."""
        return self.number + 1 if self.number < self.pages else 0
