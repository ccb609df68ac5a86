"""The sweep: where a name stands, and the redaction. What is typed is kept nowhere."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from appeals.evidence.looking import Looked, look_into_originals
from editorial.matching import Needle
from editorial.mending import desk_url, is_sealed, may_look
from editorial.redacting import redact
from editorial.states import CannotNow
from editorial.sweeping import (
    Hit,
    as_text,
    found_in_content,
    is_account,
    sweep,
    text_fields,
)

SURE = gettext_lazy("I read what will happen, and it cannot be undone.")
LOOK, REDACT = "appeals.hide_signatory", "editorial.add_redaction"
#: How many places of one kind are shown; all are counted.
SHOWN = 50
#: How much of a text is shown on either side of a name.
AROUND = 30


def sweep_urls(wrap: Any) -> list[URLPattern]:
    """Return the sweep's address, for an admin site that wraps its views."""
    return [path("sweep/", wrap(page), name="sweep")]


class SweepForm(forms.Form):
    """A name and its variants; and, to take them out, on what ground."""

    names = forms.CharField(
        label=gettext_lazy("The name and its variants, one a line"),
        help_text=gettext_lazy(
            "Inflected forms and other languages and scripts are variants. Case, accents, hyphens"
            " and line breaks make no difference. What you type here is kept nowhere."
        ),
        widget=forms.Textarea(
            attrs={"rows": 5, "dir": "auto", "autocomplete": "off", "spellcheck": "false"}
        ),
        max_length=5000,
    )
    whole_words = forms.BooleanField(label=gettext_lazy("Only as whole words"), required=False)

    def clean_names(self) -> str:
        names = self.cleaned_data["names"]
        try:
            self.values = [line for line in map(str.strip, names.splitlines()) if line]
            Needle(self.values)
        except ValueError:
            raise forms.ValidationError(_("A name has two letters or more.")) from None
        return names

    def needle(self) -> Needle:
        return Needle(self.values, whole_words=self.cleaned_data["whole_words"])


class RedactForm(SweepForm):
    ground = forms.CharField(label=gettext_lazy("Why, in words that may be kept"), max_length=200)
    sure = forms.BooleanField(label=SURE)


@dataclass
class Place:
    """One row in which the name stands."""

    what: str
    columns: str
    excerpt: str
    url: str


@dataclass
class Group:
    """The places of one kind."""

    label: str
    count: int = 0
    is_sealed: bool = False
    is_account: bool = False
    places: list[Place] = field(default_factory=list)
    #: Whether these are files, which no redaction changes.
    is_file: bool = False

    @property
    def more(self) -> int:
        return self.count - len(self.places)


@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the form; or where the name stands; or take it out."""
    user: Any = request.user
    if not (user.has_perm(LOOK) or user.has_perm(REDACT)):
        raise PermissionDenied
    redacts = request.method == "POST" and request.POST.get("do") == "redact"
    if redacts and not user.has_perm(REDACT):
        raise PermissionDenied
    kind = RedactForm if redacts else SweepForm
    form = kind(request.POST if request.method == "POST" else None, use_required_attribute=False)
    if redacts and form.is_valid():
        return take_out(request, form)
    return show(request, form)


@sensitive_variables()
def show_where(request: HttpRequest, names: Iterable[str], back: str, to: str) -> HttpResponse:
    """Return the page for a name that nobody typed: it is known to this answer only.

    Args:
        back: the address of the page that its reader came from; ``to`` is what that is called.
    """
    form = SweepForm({"names": "\n".join(names)}, use_required_attribute=False)
    return show(request, form, back=back, to=to)


@sensitive_variables()
def show(request: HttpRequest, form: SweepForm, refusal: str = "", **more: Any) -> HttpResponse:
    """Return the page, with every place if a name was typed. It is in no cache and no log."""
    user: Any = request.user
    found, unread = None, 0
    if form.is_bound and "names" not in form.errors and form.is_valid() | hasattr(form, "values"):
        needle = Needle(form.values, whole_words="whole_words" in form.data)
        looked = look_into_originals(needle)
        found, unread = [*groups(needle, user), *of_files(looked, needle, user)], looked.unread
    context = (
        site.each_context(request)
        | {
            "title": _("Where a name stands"),
            "form": form,
            "groups": found,
            "count": sum(group.count for group in found or ()),
            "redactable": sum(group.count for group in found or () if not group.is_file),
            "unread": unread,
            "may_redact": user.has_perm(REDACT),
            "refusal": refusal,
        }
        | more
    )
    status = 409 if refusal else 400 if form.errors else 200
    response = TemplateResponse(request, "admin/sweep.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@sensitive_variables()
def take_out(request: HttpRequest, form: SweepForm) -> HttpResponse:
    """Redact, and return to an empty page that says how many places there were."""
    try:
        row = redact(
            form.values,
            by=request.user,
            ground=form.cleaned_data["ground"],
            whole_words=form.cleaned_data["whole_words"],
        )
    except CannotNow as refusal:
        return show(request, form, str(refusal))
    said = ngettext("%(n)d place redacted.", "%(n)d places redacted.", row.places)
    messages.success(request, said % {"n": row.places})
    for sentence in row.remains:
        messages.warning(request, sentence)
    return HttpResponseRedirect(reverse("admin:sweep"))


@sensitive_variables()
def groups(needle: Needle, user: Any) -> list[Group]:
    """Return every place, by kind; of kinds that are not this person's to see only the number."""
    hits: dict[Any, list[Hit]] = defaultdict(list)
    for hit in sweep(needle):
        hits[hit.model].append(hit)
    return [group_of(model, found, needle, user) for model, found in hits.items()]


@sensitive_variables()
def of_files(looked: Looked, needle: Needle, user: Any) -> list[Group]:
    """Return the originals in whose metadata the name stands; only their number for some."""
    if not looked.found:
        return []
    group = Group(_("Metadata of kept originals"), len(looked.found), is_file=True)
    if user.has_perm("appeals.open_original"):
        group.places = [
            Place(
                f"{document.appeal}: {document}",
                _("metadata"),
                excerpt(text, needle),
                reverse("admin:appeals_document", args=[document.pk]),
            )
            for document, text in looked.found[:SHOWN]
        ]
    return [group]


def group_of(model: Any, hits: list[Hit], needle: Needle, user: Any) -> Group:
    label = capfirst(str(model._meta.verbose_name_plural))
    group = Group(label, len(hits), is_sealed(model), is_account(model))
    if may_look(user, model):
        some = {hit.pk: hit for hit in hits[:SHOWN]}
        rows = model._base_manager.filter(pk__in=some).order_by("pk")
        group.places = [place_of(row, some[row.pk], needle) for row in rows]
    return group


def place_of(row: Any, hit: Hit, needle: Needle) -> Place:
    said = []
    for column in text_fields(hit.model):
        if column.name not in hit.fields:
            continue
        text = as_text(getattr(row, column.attname))
        if column.name == "content":
            said += list(found_in_content(text, needle))
        else:
            said.append((str(column.verbose_name), text))
    columns = ", ".join(name for name, _text in said)
    shown = next(filter(None, (excerpt(text, needle) for _name, text in said)), "")
    return Place(str(row), columns, shown, desk_url(row))


def excerpt(text: str, needle: Needle) -> str:
    """Return the name as it stands in a text, with a little of what is around it."""
    spans = needle.spans(text) or needle.spans(text, address=True)
    if not spans:
        return ""
    start, end = spans[0]
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    dots = ("…" if start > AROUND else "", "…" if end + AROUND < len(text) else "")
    return f"{dots[0]}{before}{text[start:end]}{after}{dots[1]}"
