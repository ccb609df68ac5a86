"""The site's own pages and masthead: what is public in every world, and what stands behind it."""

from datetime import timedelta
from typing import Any

from config.masthead.models import Masthead
from config.pages.models import Page
from editorial.sealing import cancel_schedule, claim, withdraw
from tests.worlds import making
from tests.worlds.clock import NOW, at, day

#: Slugs that are public, or were.
PUBLIC = ["about", "o-nas", "contact", "reach-us"]


def slugs_of(tag: str, many: int) -> list[str]:
    """Return the slugs of secret pages."""
    kinds = ("page", "page-soon", "page-never")
    said = [f"{tag}-{kind}-{number}" for kind in kinds for number in range(many)]
    return [*said, f"{tag}-page-later-about", f"{tag}-between-kgabout", f"{tag}-page-change"]


def page(slug: str, key: str = "", **fields: Any) -> Page:
    fields = {"title": f"Page {slug}", "body": f"<p>Words of the coast: {slug}.</p>"} | fields
    return Page.objects.create(slug=slug, **({"key": key} if key else {}), **fields)


def make_public(facts: Any, step: int) -> None:
    """Make a page with a history and a translation, and one that moved and was withdrawn."""
    keys = {"about": "kgabout", "o-nas": "kgonas", "reach-us": "kgcontact"}
    for slug in list(keys)[::step]:
        language = "ru" if slug == "o-nas" else "en"
        facts.pages[slug] = page(slug, keys[slug], language=language)
    making.changed(facts.pages["o-nas"], translation_of=facts.pages["about"])
    for slug in list(keys)[::step]:
        facts.seal(facts.pages[slug], day(2098, 2, 1 + len(slug)))
    about, contact = facts.pages["about"], facts.pages["reach-us"]
    making.changed(about, body="<p>Words of the whole coast.</p>")
    facts.seal(about, day(2098, 4, 1), kind="correction", note="The whole of it.")
    claim(about, "/p/about.html")
    making.changed(contact, slug="contact")
    facts.seal(contact, day(2098, 4, 2))
    with at(day(2098, 8, 3)):
        withdraw(contact, by=making.editor(), note="Nobody lives there any more.")


def make_masthead(facts: Any) -> None:
    """Make a masthead that leads to what is public, and to what nobody ever published."""
    facts.masthead = Masthead.objects.create(key="kgmast", name="The Shore", tagline="Read twice.")
    hidden = page("nowhere-yet", "kgnever")
    labels = [making.label("water", "Water"), making.label("nowhere-yet", "Nowhere yet")]
    links = [{"page": facts.pages["about"], "text": "Who we are"}, {"page": hidden}]
    links += [{"label": label} for label in labels]
    for position, link in enumerate([*links, {"section": "appeals"}, {"language": "fr"}]):
        facts.masthead.entries.create(position=position, **link)
    facts.seal(facts.masthead, day(2098, 9, 1))


def make_secret_masthead(facts: Any, tag: str, first: Any) -> None:
    """Schedule another name and other links; then change them again."""
    making.changed(facts.masthead, name=f"{tag} shore", tagline=tag)
    facts.masthead.entries.filter(position=0).update(text=f"{tag} of us")
    making.sealed(facts.masthead, NOW, at=first)
    making.changed(facts.masthead, name=f"{tag} ice")
    facts.masthead.entries.filter(position__lt=3).delete()


def make_secret(tag: str, number: int, soon: Any, state: str) -> None:
    """Make a draft, one at the address of what is public, one scheduled, one called off."""
    for slug in (f"{tag}-page-{number}", "about"):
        draft = page(slug, title=f"{tag} page", body=f"<p>{tag} coast</p>", language="ru")
        Page.objects.filter(pk=draft.pk).update(state=state)
    making.sealed(page(f"{tag}-page-soon-{number}", title=f"{tag} page"), NOW, at=soon)
    never = page(f"{tag}-page-never-{number}", title=f"{tag} page")
    making.sealed(never, day(2099, 1, 5), at=soon)
    cancel_schedule(never, by=making.editor())


def make_secret_changes(facts: Any, tag: str, first: Any) -> None:
    """Schedule other words for what is public, under another slug too; then change it again."""
    for slug, item in facts.pages.items():
        making.changed(item, title=f"{tag} later", slug=f"{tag}-page-later-{slug}")
        making.sealed(item, NOW, at=first + timedelta(hours=len(slug)))
    cancel_schedule(facts.pages["reach-us"], by=making.editor())
    about = page(f"{tag}-page-of-about", translation_of=facts.pages["about"], language="uk")
    making.sealed(about, NOW, at=first)
    make_secret_masthead(facts, tag, first)
    for item in facts.pages.values():
        making.changed(item, title=f"{tag} change", slug=f"{tag}-page-change", body=tag)
