"""Originals as renderings were accepted against them, kept however often they change since."""

from collections.abc import Iterable

from appeals.models import AppealEdition, PassageText
from editorial.canonical import sha256


def kept_originals(appeal_id: int, digests: Iterable[str]) -> dict[str, str]:
    """Return the texts with these digests, as far as they are kept: here, or in an edition."""
    wanted = {digest for digest in digests if digest}
    rows = PassageText.objects.filter(appeal_id=appeal_id, digest__in=wanted)
    found: dict[str, str] = dict(rows.values_list("digest", "text"))
    if wanted <= found.keys():
        return found
    for edition in AppealEdition.objects.filter(item_id=appeal_id).light():
        for passage in edition.data.get("passages", []):
            if (digest := sha256(passage["text"])) in wanted:
                found.setdefault(digest, passage["text"])
    return found
