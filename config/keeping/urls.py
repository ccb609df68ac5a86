"""Addresses for citing and keeping, under those of each item."""

from django.urls import URLPattern, path

from appeals.urls import APPEAL, TEXT
from blog.urls import POST
from config.keeping import carrying, citing, items, mementos
from editorial import converters as converters

app_name = "keeping"

FINDERS: dict[str, items.Find] = {
    POST: items.post,
    APPEAL: items.appeal,
    TEXT: items.text,
    f"{TEXT}<key:key>/": items.text,
}
EDITION = "editions/<number:number>/"


def kept(base: str, find: items.Find) -> list[URLPattern]:
    """Return the addresses under that of one kind of item."""
    return [
        path(f"{base}{rest}", make(find))
        for rest, make in {
            f"{EDITION}cite/": citing.page,
            f"{EDITION}cite.<citation:form>": citing.file,
            "text.epub": carrying.book,
            "text.pdf": carrying.paper,
            "on/<str:date>/": mementos.on,
            "timegate/": mementos.timegate,
            "timemap/": mementos.timemap,
        }.items()
    ]


urlpatterns = [pattern for base, find in FINDERS.items() for pattern in kept(base, find)]
