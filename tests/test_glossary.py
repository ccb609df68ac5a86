"""The glossary: beside the passage in every form of its terms, checked, and carried in folders."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
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
from tests.desk import sit


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


# --- as a table -------------------------------------------------------------------------------

LIST, IMPORT = "admin:appeals_glossaryterm_changelist", "admin:appeals_glossary_import"


def send(client, text, name="glossary.csv"):
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile(name, text.encode())})


@pytest.mark.django_db
def test_the_glossary_goes_out_and_comes_back_as_it_was():
    edda = sit("edda")
    GlossaryTerm.objects.create(source="ru", target="en", term="сход", rendering="=assembly")
    assert reverse("admin:appeals_glossary_export") in edda.get(reverse(LIST)).content.decode()
    response = edda.get(reverse("admin:appeals_glossary_export"))
    text = response.content.decode("utf-8-sig")
    assert text.splitlines() == [
        "source,target,term,rendering,forbidden,note",
        "ru,en,сход,'=assembly,,",
    ]
    assert dict(send(edda, text).context["counts"]) == {"left": 1}


@pytest.mark.django_db
def test_a_table_is_looked_at_before_it_is_taken_in():
    edda = sit("edda")
    GlossaryTerm.objects.create(
        source="ru", target="en", term="сход", rendering="assembly", note="Ask Wanda."
    )
    sent = (
        "Term;source;target;rendering\nСход;ru;en;meeting\n\n;;;\nподать;ru;en;tax\n"
        "подать;ru;en;toll\nбез языка;;en;x\nпусто;ru;en;\n"
    )
    shown = send(edda, sent)
    assert [(e.number, e.doing) for e in shown.context["entries"] if e.doing != "refused"] == [
        (2, "updated"),
        (5, "made"),
    ]
    assert "term: it stands in the file a second time" in shown.content.decode()
    assert [row.rendering for row in GlossaryTerm.objects.all()] == ["assembly"]
    table = shown.context["table"]
    assert sit("tariq").post(reverse(IMPORT), {"table": table}).status_code in (400, 403)
    assert edda.post(reverse(IMPORT), {"table": table[:-2]}).status_code == 400
    assert edda.post(reverse(IMPORT), {"table": table}).url == reverse(LIST)
    rows = GlossaryTerm.objects.values_list("term", "rendering", "note")
    assert sorted(rows) == [("Сход", "meeting", "Ask Wanda."), ("подать", "tax", "")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "said"),
    [("term,source\nx,ru\n", "target, rendering"), ("", "empty"), ('a,"b\n', "not valid CSV")],
)
def test_what_is_no_glossary_is_refused(sent, said):
    response = send(sit("edda"), sent)
    assert response.status_code == 400
    assert said in response.content.decode()


@pytest.mark.django_db
def test_who_does_not_keep_the_glossary_brings_none_in():
    assert sit("mato").get(reverse(IMPORT)).status_code == 403
    assert sit("mato").get(reverse("admin:appeals_glossary_export")).status_code == 403


@pytest.mark.django_db
def test_a_term_of_signs_that_stand_for_words_has_room():
    term = GlossaryTerm.objects.create(source="ar", target="en", term="ﷺ" * 200, rendering="x")
    assert len(term.folded) == 300
