"""What a line of the signatures has to say, and what it must not. It is never repeated."""

from django.utils.translation import gettext as _

from appeals.ledger.lines import kind_of
from appeals.models.signatories import Signatory as Row
from config.content.places import Problems, Ref
from config.content.records import Signatory


def check_signatory(signatory: Signatory, problems: Problems) -> None:
    """Fill in what a line leaves open; report a name where there must be none, and the reverse."""
    Status, Kind = Row.NameStatus, Row.Kind
    named = signatory.name or signatory.printed_as or signatory.person
    told = named or signatory.evidence_url or signatory.evidence_document
    status = signatory.name_status or (Status.PUBLIC if signatory.name else Status.PENDING)
    if told and status != Status.PUBLIC and status in Status.values:
        columns = ("name", "printed_as", "person", "evidence_url", "evidence_document")
        name = next(column for column in columns if getattr(signatory, column))
        reason = _("%(key)s: a name stands here, and its status is %(status)s. Take the name out.")
        problems.add(signatory.where(name), reason % {"key": name, "status": status})
        return
    if not signatory.kind:
        public, body = status == Status.PUBLIC, bool(signatory.organisation)
        signatory.kind = kind_of(bool(named), public, body, signatory.count or 1)
    signatory.name_status = status
    signatory.count = signatory.count or 1
    if status != Status.PUBLIC:
        return
    if signatory.kind == Kind.ORGANISATION:
        if signatory.organisation is None and signatory.name:
            signatory.organisation = Ref.said(signatory.name, signatory.where("name"))
        signatory.name = signatory.name or signatory.organisation or ""
    if not signatory.name:
        problems.add(signatory.at, _("name: the name is public, and it is missing."))
    if signatory.kind == Kind.PERSON and signatory.person is None and signatory.name:
        signatory.person = Ref.said(signatory.name, signatory.where("name"))
