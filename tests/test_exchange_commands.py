"""A translation leaves and comes back by command; nothing that changed meanwhile is overwritten."""

import re
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from appeals.exchange.arriving import Reason, compare
from appeals.exchange.packing import FORMATS, pack
from appeals.exchange.parcel import travelling
from appeals.exchange.reading import read
from appeals.merging import merge_passages
from appeals.models import Appeal, Passage, Translation
from editorial.editing import editing
from editorial.models import Contribution
from editorial.states import MayNot, State
from tests.cast import approve, join, translate, write_appeal

pytestmark = pytest.mark.django_db

FORMS = [("xliff", "1.2"), ("xliff", "2.0"), ("xliff", "2.1"), ("tmx", None)]


@pytest.fixture
def tariq():
    return join("tariq")


@pytest.fixture
def appeal():
    return write_appeal(passages=3, slug="lake")


@pytest.fixture
def translation(appeal, tariq):
    return translate(appeal, by=tariq)


def export(slug="lake", language="en", form="xliff", version=None, **options):
    """Return the exported file's text, and what was said about it."""
    out, said = StringIO(), StringIO()
    options |= {"version": version} if version else {}
    call_command(
        "export_translation", slug, language, f"--format={form}", stdout=out, stderr=said, **options
    )
    return out.getvalue(), said.getvalue()


@pytest.fixture
def bring(tmp_path):
    """Return a function that imports a text and returns what was said."""

    def run(text, *options, **more):
        path = tmp_path / "back.xlf"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        said = StringIO()
        call_command("import_translation", str(path), *options, stdout=said, **more)
        return said.getvalue()

    return run


def texts(translation):
    return {r.passage.key: r.text for r in translation.renderings.select_related("passage")}


def correct(appeal, key, text):
    with editing(appeal, by=join("edda")):
        passage = appeal.passages.get(key=key)
        passage.text = text
        passage.save()


def edit(translation, key, text, by=None):
    with editing(translation, by=by):
        rendering = translation.renderings.get(passage__key=key)
        rendering.text = text
        rendering.save()


BEFORE = {"p1": "Passage 1.", "p2": "Passage 2.", "p3": "Passage 3."}


@pytest.mark.parametrize(("form", "version"), FORMS)
def test_a_new_text_arrives_to_be_reviewed(translation, bring, tariq, form, version):
    edda = join("edda")
    approve(translation)
    text, said = export(form=form, version=version)
    assert said == "3 passages, 3 of them rendered.\n"
    said = bring(text.replace("Passage 2.", "Better words.\n\nAnd more."), user="edda")
    assert said.splitlines() == [
        "§ p1: unchanged",
        "§ p2: another text",
        "§ p3: unchanged",
        "To the lake [en]: 0 new text, 1 another text, 2 unchanged, 0 refused.",
        "What is new waits to be reviewed.",
    ]
    assert texts(translation) == BEFORE | {"p2": "Better words.\n\nAnd more."}
    found = [(r.state, r.author) for r in translation.renderings.all()]
    accepted = (State.APPROVED, tariq)
    assert found == [accepted, (State.DRAFT, edda), accepted]
    translation.refresh_from_db()
    assert translation.state == State.DRAFT
    assert Contribution.objects.about(translation).filter(user=edda).exists()


def test_an_accepted_rendering_is_kept_from_a_file_that_lost_its_digests(
    client, translation, bring, tariq
):
    """Whether it was accepted after the export, such a file does not tell."""
    text = export(form="xliff", version="1.2")[0]
    approve(translation)
    lost = re.sub("[0-9a-f]{64}", "", text).replace("Passage 2.", "Other words.")
    for digest in re.findall("[0-9a-f]{64}", text)[:1]:
        assert digest not in lost
    said = bring(lost, user="tariq")
    why = "accepted here, and the file does not say which texts it was made from"
    assert f"§ p2: refused: {why}" in said
    assert texts(translation) == BEFORE
    assert all(r.state == State.APPROVED for r in translation.renderings.all())
    client.force_login(tariq)
    address = reverse("admin:appeals_translation_exchange", args=[translation.pk])
    page = client.post(address, {"file": SimpleUploadedFile("back.xlf", lost.encode())})
    [box] = re.findall('<input type="checkbox"[^>]*>', page.content.decode())
    assert ('value="p2"' in box, "checked" in box) == (True, False)
    edit(translation, "p2", "Passage 2, a draft.")
    translation.renderings.filter(passage__key="p2").update(state=State.DRAFT)
    assert "§ p2: another text" in bring(lost, user="tariq")


@pytest.mark.parametrize(("form", "version"), FORMS)
def test_what_comes_back_as_it_left_changes_nothing(translation, bring, form, version):
    approve(translation)
    before = translation.content_digest(), translation.revision
    bring(export(form=form, version=version)[0])
    translation.refresh_from_db()
    assert (translation.content_digest(), translation.revision) == before
    assert translation.state == State.APPROVED


@pytest.mark.parametrize(("form", "version"), FORMS)
@pytest.mark.parametrize("keep", [True, False], ids=["digest kept", "digest lost"])
def test_a_changed_original_is_named_and_nothing_of_it_written(
    appeal, translation, bring, form, version, keep
):
    text, _said = export(form=form, version=version)
    correct(appeal, "p2", "Абзац второй, исправленный.")
    text = re.sub(r"Passage (\d)\.", r"New \1.", text)
    said = bring(text if keep else re.sub(r"\b[0-9a-f]{64}\b", "", text))
    assert "§ p2: refused: the original was changed since the export" in said.splitlines()
    assert texts(translation) == {"p1": "New 1.", "p2": "Passage 2.", "p3": "New 3."}


@pytest.mark.parametrize(("form", "version"), FORMS)
def test_what_left_before_a_merge_is_refused_at_the_passage_it_went_into(
    appeal, translation, bring, form, version
):
    text, _said = export(form=form, version=version)
    merge_passages(appeal, appeal.passages.get(key="p1"), by=join("tariq"))
    said = bring(re.sub(r"Passage (\d)\.", r"New \1.", text)).splitlines()
    assert "§ p1: refused: the original was changed since the export" in said
    assert not [line for line in said if "p2" in line]
    assert texts(translation) == {"p1": "Passage 1.\n\nPassage 2.", "p3": "New 3."}


def test_an_original_that_was_changed_and_reverted_fits_again(appeal, translation, bring):
    text, _said = export()
    correct(appeal, "p2", "Иначе.")
    correct(appeal, "p2", "Абзац 2.")
    bring(text.replace("Passage 2.", "New."))
    assert texts(translation)["p2"] == "New."


@pytest.mark.parametrize(("form", "version"), FORMS)
def test_an_original_tampered_with_is_refused(translation, bring, form, version):
    text, _said = export(form=form, version=version)
    text = text.replace("Абзац 2.", "Совсем другое.").replace("Passage 2.", "Something else.")
    assert "§ p2: refused: the original was changed" in bring(text)
    assert texts(translation) == BEFORE


def test_a_rendering_edited_here_meanwhile_stays(translation, bring):
    text, _said = export()
    edit(translation, "p2", "Edited here.")
    said = bring(text.replace("Passage 2.", "Edited there."))
    assert "§ p2: refused: the rendering was edited here since the export" in said
    assert texts(translation)["p2"] == "Edited here."


def test_the_same_file_may_come_twice(translation, bring):
    text = export()[0].replace("Passage 2.", "New.")
    bring(text)
    assert "0 new text, 0 another text, 3 unchanged, 0 refused." in bring(text)


def test_what_is_empty_or_unknown_or_twofold_or_a_copy_is_refused(translation, bring):
    text, _said = export()
    text = re.sub(r"<target[^>]*>Passage 1.</target>", "", text)
    text = text.replace('state="translated">Passage 2.', ">Абзац 2.")
    again = re.search(r"<trans-unit .*?p3.*?</trans-unit>", text, re.S)[0]
    strange = again.replace('"p3"', '"p9"').replace("Абзац 3", "Чужое")
    text = text.replace("</body>", again.replace("Passage 3.", "Other.") + strange + "</body>")
    said = bring(text).splitlines()
    reasons = [Reason.EMPTY, Reason.COPY, Reason.TWICE, Reason.UNKNOWN]
    assert said[:4] == [
        f"§ {key}: refused: {reason.label}"
        for key, reason in zip(["p1", "p2", "p3", "p9"], reasons, strict=True)
    ]
    assert texts(translation) == BEFORE


def test_a_file_whose_numbers_are_a_tools_own_is_matched_by_its_originals(translation, bring):
    text, _said = export()
    text = re.sub(r' (bs:\w+|resname)="[^"]*"', "", text)
    text = text.replace('id="p1"', 'id="p2"').replace('id="p2"', 'id="77"', 1)
    text = text.replace("Passage 1.", "First.").replace("Passage 3.", "Third.")
    bring(text)
    assert texts(translation) == {"p1": "First.", "p2": "Passage 2.", "p3": "Third."}


def test_a_memorys_pair_is_of_every_passage_that_says_the_same(appeal, translation, bring):
    for key in ("p1", "p3"):
        correct(appeal, key, "Хлеба!")
    memory = """<tmx version="1.4"><header srclang="ru"/><body><tu><tuv xml:lang="ru">
    <seg>Хлеба!</seg></tuv><tuv xml:lang="en"><seg>Bread!</seg></tuv></tu></body></tmx>"""
    bring(memory, appeal="lake")
    assert texts(translation) == {"p1": "Bread!", "p2": "Passage 2.", "p3": "Bread!"}


def test_a_first_translation_is_begun(appeal, bring, tariq):
    text, said = export(language="fr")
    assert "There is no translation into this language yet: originals only." in said
    text = text.replace("</source>", "</source><target>Un alinéa.</target>", 1)
    said = bring(text, "--dry-run", user="tariq")
    assert "§ p1: new text" in said
    assert said.endswith("This was a trial: nothing is written.\n")
    assert not Translation.objects.exists()
    bring(text, user="tariq")
    [translation] = appeal.translations.all()
    assert (translation.language, texts(translation)) == ("fr", {"p1": "Un alinéa."})
    assert translation.renderings.get().author == tariq


def test_an_import_that_brings_nothing_begins_nothing(appeal, bring):
    bring(export(language="fr")[0])
    assert not Translation.objects.exists()


def test_a_trial_writes_nothing(translation, bring):
    bring(export()[0].replace("Passage 2.", "New."), "--dry-run")
    assert texts(translation) == BEFORE


def test_a_file_finds_the_translation_it_left(appeal, translation, bring):
    second = Translation.objects.create(appeal=appeal, language="en", is_principal=False)
    data = FORMATS["xliff-2.1"][0](pack(appeal, "en", second)).decode()
    bring(data.replace("</source>", "</source><target>Second.</target>", 1))
    assert texts(translation) == BEFORE
    assert texts(second) == {"p1": "Second."}


def test_the_appeal_and_language_may_be_said_where_the_file_is_silent(translation, bring):
    text = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
    <file original="f.txt" source-language="ru" datatype="x"><body><trans-unit id="p1">
    <source>Абзац 1.</source><target>Said.</target></trans-unit></body></file></xliff>"""
    with pytest.raises(CommandError, match="give --appeal"):
        bring(text)
    with pytest.raises(CommandError, match="give --language"):
        bring(text, appeal="lake")
    bring(text, "--appeal", "lake", "--language", "en")
    assert texts(translation)["p1"] == "Said."


def test_a_tools_region_does_not_begin_another_translation(translation, bring):
    text = export()[0].replace('target-language="en"', 'target-language="EN-us"')
    bring(text.replace("Passage 1.", "American."))
    assert texts(translation)["p1"] == "American."


def test_a_file_of_another_appeal_or_language_is_refused(translation, bring):
    text, _said = export()
    write_appeal(slug="other", title="Other")
    with pytest.raises(CommandError, match="of another appeal"):
        bring(text, appeal="other")
    with pytest.raises(CommandError, match="into English, not French"):
        bring(text, language="fr")
    assert Translation.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export_translation", "none", "en"), "no appeal with the slug none"),
        (("export_translation", "lake", "English!"), "A language code such as"),
        (("export_translation", "bare", "en"), "There is no passage yet"),
        (("export_translation", "lake", "en", "--format=tmx", "--version=1.2"), "there is one"),
        (("export_translation", "lake", "en", "--output=/nowhere/a"), "No such file"),
        (("import_translation", "/nowhere/a"), "No such file"),
        (("import_translation", __file__), "not well-formed XML: see line 1"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(translation, arguments, said):
    write_appeal(passages=0, slug="bare")
    with pytest.raises(CommandError, match=said):
        call_command(*arguments, stdout=StringIO())


def test_only_translators_import_in_their_name(translation, bring):
    text = export()[0].replace("Passage 1.", "New.")
    with pytest.raises(CommandError, match="Your role does not include translating"):
        bring(text, user=join("rosa").username)
    with pytest.raises(CommandError, match="Nobody at the desk is called nobody"):
        bring(text, user="nobody")
    assert texts(translation) == BEFORE


def test_the_output_is_utf_8_whatever_the_terminal_speaks(translation, tmp_path, monkeypatch):
    terminal = TextIOWrapper(BytesIO(), encoding="ascii")
    call_command("export_translation", "lake", "en", stdout=terminal, stderr=StringIO())
    path = tmp_path / "out.xlf"
    call_command("export_translation", "lake", "en", f"--output={path}", stderr=StringIO())
    assert terminal.buffer.getvalue() == path.read_bytes()
    assert "Абзац 1.".encode() in path.read_bytes()


def test_forbidden_characters_are_replaced_and_named(appeal, translation, bring):
    correct(appeal, "p2", "Строка\x0bстрока")
    edit(translation, "p3", "Line\x0c\r\nline")
    text, said = export()
    assert "Строка\ufffdстрока" in text
    assert re.findall(r"§ (\w+): has characters", said) == ["p2", "p3"]
    assert "3 unchanged" in bring(text)
    assert texts(translation)["p3"] == "Line\x0c\r\nline"


def test_no_name_is_even_asked_for(appeal, translation):
    """What an export reads cannot hold a name: no signatory, person, credit or account."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        pack(appeal, "en", Translation.objects.only("key", "language").get())
        export()
    tables = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(q["sql"] for q in asked)))
    assert tables == {
        "appeals_appeal",
        "appeals_translation",
        "appeals_passage",
        "appeals_rendering",
    }


def test_what_is_withheld_is_in_no_file(appeal, translation):
    Translation.objects.update(translator_status="public", translator="Nadezhda Vorlova")
    appeal.signatories.create(name="Ilyas Temirov", name_status="public", role="Chair")
    for form, version in FORMS:
        text, _said = export(form=form, version=version)
        assert not re.search("Nadezhda|Temirov|Chair|tariq", text)


class RoundTrips(TestCase):
    """Any original and any rendering: what left comes back, and only where it belongs."""

    text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=50)

    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(text, text, text, st.sampled_from(sorted(FORMATS)))
    def test_nothing_is_lost_or_misplaced(self, original, rendering, other, form):
        appeal = Appeal.objects.create(title="To the lake", slug="lake", original_language="ru")
        passage = Passage.objects.create(appeal=appeal, key="p1", text=original)
        translation = Translation.objects.create(appeal=appeal, language="en")
        kept = translation.renderings.create(passage=passage, text=rendering)
        data = FORMATS[form][0](pack(appeal, "en", translation))
        if form == "tmx" and not (original and rendering):
            return
        back = read(data, "en")
        [arrival] = compare(translation, back)
        assert arrival.standing == "unchanged"
        kept.text = ""
        kept.save()
        [arrival] = compare(translation, back)
        assert arrival.text == travelling(rendering).strip()
        passage.text = original + other
        passage.save()
        [arrival] = compare(translation, back)
        assert (arrival.reason == Reason.ORIGINAL) is bool(other)


def test_who_may_not_translate_is_told(translation):
    from appeals.exchange.arriving import take

    with pytest.raises(MayNot):
        take(translation, [], by=join("rosa"))
