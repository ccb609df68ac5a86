"""The glossary: beside the passage in every form of its terms, checked, and carried in folders."""

import pytest
from django.urls import reverse

from appeals.checks.document import Document, Pair, Term
from appeals.checks.registry import run
from appeals.checks.texts import Text
from appeals.models import GlossaryTerm
from appeals.wording.stems import Phrases
from config.content.exporting import export_folder
from config.content.writing import import_folder
from editorial.editing import editing
from tests.cast import join, translate, write_appeal


@pytest.mark.parametrize(
    ("language", "term", "text", "found"),
    [
        ("ru", "сельский сход", "На сельских сходах молчали.", ["сельских сходах"]),
        ("ru", "подать", "Этой податью нас разорили.", ["податью"]),
        ("uk", "сільська рада", "До сільської ради прийшли всі.", ["сільської ради"]),
        ("fr", "assemblée générale", "Les assemblées générales !", ["assemblées générales"]),
        ("ar", "مجلس القرية", "اجتمع مجلس القرية.", ["مجلس القرية"]),
        ("en", "reading room", "The reading rooms’ doors", ["reading rooms"]),
        ("tt", "авыл җыены", "Авыл җыенында сөйләделәр", ["Авыл җыенында"]),
        ("kk", "ауыл", "ауылдың адамдары", ["ауылдың"]),
        ("en", "elder", "The elderberry is ripe.", []),
        ("ru", "управа", "Управление дороги молчит.", []),
    ],
)
def test_a_term_is_found_in_its_forms(language, term, text, found):
    hits = Phrases([term], language).found_in(Text(text, language))
    assert [text[hit.start : hit.end] for hit in hits] == found


def test_a_forbidden_rendering_inside_an_allowed_one_is_none():
    term = Term("сход", ("village assembly",), ("assembly", "meeting"))

    def said(rendering):
        pair = Pair("p1", "paragraph", Text("Сход решил.", "ru"), Text(rendering, "en"))
        found = run(Document([pair], terms=[term]))
        return [finding.excerpt for finding in found if finding.check.code == "glossary"]

    assert said("The village assembly decided.") == []
    assert said("The assembly decided.") == ["assembly"]
    assert said("They decided.") == ["Сход"]


@pytest.mark.django_db
def test_terms_stand_beside_the_passage_in_which_they_occur(client):
    tariq = join("tariq")
    words = {"source": "ru", "target": "en"}
    GlossaryTerm.objects.create(
        **words, term="абзац", rendering="paragraph; passage", forbidden="section", note="Always."
    )
    GlossaryTerm.objects.create(**words, term="сход", rendering="assembly")
    GlossaryTerm.objects.create(source="ru", target="fr", term="абзац", rendering="alinéa")
    translation = translate(write_appeal(), by=tariq)
    with editing(translation, by=tariq):
        translation.renderings.filter(passage__key="p2").update(text="Section 2.")
    client.force_login(tariq)
    page = client.get(reverse("admin:appeals_translation_review", args=[translation.pk]))
    rows = page.context["rows"]
    assert [[term.term for term in row.checked.terms] for row in rows] == [["абзац"], ["абзац"]]
    codes = [[f.check.code for f in row.checked.open] for row in rows]
    assert codes == [[], ["glossary"]]
    assert "paragraph; passage" in page.content.decode()
    assert "alinéa" not in page.content.decode()
    for who, status in (("tariq", 200), ("wanda", 403)):
        client.force_login(join(who))
        assert client.get(reverse("admin:appeals_glossaryterm_add")).status_code == status


@pytest.mark.django_db
def test_a_folder_carries_the_glossary(tmp_path):
    term = {
        **{
            "source": "ru",
            "target": "en",
            "term": "Сход",
            "rendering": "assembly; village assembly",
        },
        **{"forbidden": "meeting", "note": "Never a council."},
    }
    GlossaryTerm.objects.create(**term)
    GlossaryTerm.objects.create(source="uk", target="en", term="рада", rendering="council")
    before = list(GlossaryTerm.objects.values(*term))
    export_folder(tmp_path / "a")
    GlossaryTerm.objects.all().delete()
    import_folder(tmp_path / "a")
    assert list(GlossaryTerm.objects.values(*term)) == before
    assert import_folder(tmp_path / "a").counts["terms"] == {"unchanged": 2}
    GlossaryTerm.objects.filter(term="Сход").update(rendering="gathering")
    assert import_folder(tmp_path / "a").counts["terms"] == {"unchanged": 1, "updated": 1}
    export_folder(tmp_path / "b")
    files = [(tmp_path / name / "glossary.yaml").read_text() for name in "ab"]
    assert files[0] == files[1]
