"""A term that is rendered otherwise than the glossary says."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.registry import WARNING, Remark, check
from appeals.wording.terms import glossary_of


@check("glossary", gettext_lazy("a term of the glossary rendered otherwise"), WARNING)
def glossary(pair: Pair, document: Document) -> Iterator[Remark]:
    known = glossary_of(document)
    if known is None or not pair.rendering:
        return
    for used in known.used_in(pair):
        said = {"term": used.term.term, "rendering": "; ".join(used.term.renderings)}
        facts = said["rendering"]
        for hit in used.forbidden:
            message = _("The glossary forbids this for “%(term)s”; it says “%(rendering)s”.")
            yield Remark(message % said, hit.start, hit.end, facts=facts)
        if not used.is_rendered and not used.forbidden:
            message = _("For “%(term)s” the glossary says “%(rendering)s”.") % said
            yield Remark(message, used.at.start, used.at.end, in_original=True, facts=facts)
