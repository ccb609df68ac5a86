"""What the checks say of a translation now, and what colleagues have set aside with a reason."""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.checks.document import Term, place_name
from appeals.checks.gone import gone
from appeals.checks.reading import read, texts_of
from appeals.checks.registry import Finding, Severity, checks, checks_on, run, run_at
from appeals.checks.spelled_names import spelled
from appeals.checks.texts import Text
from appeals.models import CheckDismissal, Passage, Translation
from appeals.wording.terms import glossary_of
from editorial.canonical import sha256
from editorial.editing import contribute, editing
from editorial.languages import listed
from editorial.models import name_of
from editorial.states import CannotNow, MayNot, NeedsReason

#: How many passages a refusal names before it only counts.
NAMED = 8


@dataclass
class Checked:
    """What stands at one passage."""

    open: list[Finding] = field(default_factory=list)
    dismissed: list[tuple[Finding, CheckDismissal]] = field(default_factory=list)
    original_digest: str = ""
    rendering_digest: str = ""
    #: The terms of the glossary that stand in the original.
    terms: list[Term] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        return any(finding.severity == Severity.ERROR for finding in self.open)


Texts = Iterable[tuple[Passage, str]]


def check_translation(
    translation: Translation,
    texts: Texts | None = None,
    severities: Iterable[str] = tuple(Severity),
) -> dict[str, Checked]:
    """Return what the checks find at every passage, by its key, in a fixed number of queries.

    Args:
        texts: the passages with their renderings, where they were read already.
    """
    texts = texts_of(translation) if texts is None else list(texts)
    dismissals: dict[tuple[str, ...], dict[str, CheckDismissal]] = defaultdict(dict)
    for dismissal in translation.dismissals.all():
        texts_meant = (dismissal.place, dismissal.original_digest, dismissal.rendering_digest)
        dismissals[texts_meant][dismissal.fingerprint] = dismissal
    checked, meant = {}, {}
    for passage, text in texts:
        checked[passage.key] = at = Checked([], [], passage.digest, sha256(text))
        meant[passage.key] = (passage.key, at.original_digest, at.rendering_digest)
    document = read(translation, texts)
    for pair in document.around:
        digests = sha256(pair.original.string), sha256(pair.rendering.string)
        checked[pair.key] = Checked([], [], *digests)
        meant[pair.key] = (pair.key, *digests)
    if known := glossary_of(document):
        for pair in document.pairs:
            checked[pair.key].terms = [used.term for used in known.used_in(pair)]
    for finding in run(document, tuple(severities)):
        set_aside = dismissals.get(meant[finding.key], {}).get(finding.fingerprint)
        if set_aside:
            checked[finding.key].dismissed.append((finding, set_aside))
        else:
            checked[finding.key].open.append(finding)
    return checked


def tally_findings(checked: dict[str, Checked]) -> list[dict[str, Any]]:
    """Return how many findings are open, by severity, and the passage of the first."""
    found: dict[str, list[str]] = {severity: [] for severity in Severity}
    for key, at in checked.items():
        for finding in at.open:
            found[finding.severity].append(key)
    return [
        {"severity": Severity(severity), "count": len(keys), "first": keys[0]}
        for severity, keys in found.items()
        if keys
    ]


def may_dismiss(user: Any) -> bool:
    """Tell whether somebody may set findings aside: who translates, and who reviews."""
    return bool(
        user.has_perm("appeals.change_rendering") or user.has_perm("appeals.review_translation")
    )


@transaction.atomic
def dismiss(
    translation: Translation,
    place: str,
    fingerprint: str,
    *,
    by: Any,
    reason: str,
    original: str,
    rendering: str,
    at: datetime | None = None,
) -> CheckDismissal:
    """Set a finding aside, as this person saw it. Readers will see the reason: it is content.

    Args:
        place: the key of a passage, or one of ``document.PLACES``.
        original, rendering: the digests of both texts: the reason speaks of that pair.
        at: when, for a history that is told after the event; now, if not given.

    Raises:
        MayNot: this person neither translates nor reviews.
        NeedsReason: nothing is said about why.
        CannotNow: the finding is no longer there, or a colleague set it aside already.
    """
    if not may_dismiss(by):
        raise MayNot(_("Your role does not include translating."))
    if not reason.strip():
        raise NeedsReason(_("Please say why this may stay; readers will see it."))
    with editing(translation, by=by, at=at):
        found = check_translation(translation).get(place, Checked())
        there = {finding.fingerprint: finding for finding in found.open}
        if (found.original_digest, found.rendering_digest) != (original, rendering):
            raise CannotNow(_("The text was changed after you opened it. Look at it again."))
        if fingerprint not in there:
            raise CannotNow(_("The checks no longer say this, or a colleague has dismissed it."))
        made = CheckDismissal(
            translation=translation,
            place=place,
            code=there[fingerprint].check.code,
            fingerprint=fingerprint,
            original_digest=original,
            rendering_digest=rendering,
            reason=reason.strip(),
            by=by,
            by_name=name_of(by),
            at=at or timezone.now(),
        )
        if made.is_for_readers and names_the_gone(reason, translation.appeal):
            raise CannotNow(_("Your reason gives a name that is no longer public here."))
        made.save(force_insert=True)
        if not made.is_for_readers:  # it is no content, and still somebody else approves
            contribute(translation, by=by, at=at)
        return made


def names_the_gone(text: str, appeal: Any) -> bool:
    """Tell whether a text gives a name that editions of an appeal gave and it gives no more."""
    names = gone(appeal, appeal.signatories.select_related("person"))
    return any(spelled(Text(text), names))


def still_found(translation: Translation, rows: Iterable[CheckDismissal]) -> set[int]:
    """Return which dismissals, by their ids, speak of what the checks find today.

    For those whose checks read more than the two texts, such as the signatories' rows.
    """
    wanted = {(row.place, row.fingerprint): row.pk for row in rows}
    looking = {checks()[row.code] for row in rows if row.code in checks()}
    document = read(translation, texts_of(translation))
    found = run_at(document, looking, {place for place, _fingerprint in wanted})
    return {pk for f in found if (pk := wanted.get((f.key, f.fingerprint)))}


def remember_checks(sender: Any, item: Any, decision: Any, **_more: Any) -> None:
    """Receiver of ``decided``: keep which checks had read a translation that is submitted."""
    if decision.name == "submit":
        looked = [check for check in checks_on() if check.can_read(item.language)]
        item.checked = sorted(check.code for check in looked)
        item.save(update_fields=["checked"])


def demand_no_errors(translation: Translation, only: Container[str] | None = None) -> None:
    """Raise ``CannotNow`` while a passage has an error that nobody mended or dismissed.

    Args:
        only: the codes of the checks that are asked; all of them, if not given.
    """
    checked = check_translation(translation, severities=[Severity.ERROR])
    keys = [
        key
        for key, at in checked.items()
        if any(only is None or finding.check.code in only for finding in at.open)
    ]
    if not keys:
        return
    named = listed(map(place_name, keys[:NAMED])) + (" …" if keys[NAMED:] else "")
    raise CannotNow(
        ngettext(
            "The checks found an error in %(count)d passage. Mend it, or dismiss it with a "
            "reason: %(passages)s.",
            "The checks found errors in %(count)d passages. Mend them, or dismiss them with a "
            "reason: %(passages)s.",
            len(keys),
        )
        % {"count": len(keys), "passages": named}
    )
