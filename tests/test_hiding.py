"""Anybody hides a name at once; showing it again takes two people, whatever the way."""

import re
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from appeals.hiding import hide, named
from appeals.models import Appeal, AppealEdition, Organisation, Person, Signatory
from config.content.writing import import_folder
from editorial.editing import Stale, editing
from editorial.models import Approval, Decision, Redaction
from editorial.moving import move
from editorial.previewing import make_link
from editorial.sealing import publish
from editorial.states import CannotNow, MayNot, State
from editorial.verifying import verify
from tests import desk
from tests.cast import ROLE_OF, approve, join, translate, write_appeal, write_post
from tests.desk import sit
from tests.invariants import broken
from tests.worlds.making import document

pytestmark = pytest.mark.django_db
LAKE = "/appeals/lake/"
#: The box of the search: after a name was hidden it stands there, and nowhere else.
TYPED = re.compile(r'<textarea name="names".*?</textarea>', re.DOTALL)


@pytest.fixture
def edda():
    return join("edda")


@pytest.fixture
def appeal(edda):
    """A public appeal that Ana Petrel signed, under two spellings in two editions."""
    appeal = write_appeal(by=join("tariq"), slug="lake")
    with editing(appeal, by=join("tariq")):
        ana = Person.objects.create(name="Ana Petrel")
        appeal.signatories.create(
            name_status="public",
            name="Anna Petrel",
            printed_as="Ана Петрель",
            person=ana,
            role="Baker",
        )
        appeal.signatories.create(name_status="public", name="Bo Fisher", position=1)
    publish(approve(appeal), by=edda)
    with editing(appeal, by=join("tariq")):
        appeal.signatories.filter(name="Anna Petrel").update(name="Ana Petrel")
    publish(approve(appeal), by=edda, kind="correction", note="A slip of the pen.")
    return appeal


def ana():
    return f"draft-{Signatory.objects.get(name='Ana Petrel').pk}"


def names(appeal):
    """Return what stands anywhere in the database of who signed."""
    stored = [str(row) for row in Signatory._base_manager.values()]
    stored += [row.content for row in AppealEdition.objects.all()]
    return [text for text in stored if "etrel" in text or "Петрель" in text]


def everything_public(client):
    pages = ["", "ru/", "editions/", "editions/1/", "editions/2/", "editions/1-2/"]
    addresses = ["/", "/appeals/", "/corrections/", "/people/ana-petrel/"]
    return "".join(
        client.get(address).content.decode()
        for address in [*addresses, *(LAKE + page for page in pages)]
    )


def post(who, appeal, at):
    address = reverse("admin:appeals_appeal_names", args=[appeal.pk])
    return sit(who).post(address, {"at": at}, follow=True)


# --- at once ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ROLE_OF)
def test_anybody_hides_a_name_with_one_post(appeal, client, who):
    assert client.get("/people/ana-petrel/").status_code == 200
    assert "Anna Petrel" in everything_public(client)
    answer = post(who, appeal, ana())
    assert answer.status_code == 200
    assert "The name is hidden" in answer.content.decode()
    assert "etrel" not in TYPED.sub("", answer.content.decode())
    assert "etrel" not in everything_public(client)
    assert "Петрель" not in everything_public(client)
    assert client.get("/people/ana-petrel/").status_code == 404
    assert names(appeal) == []
    assert client.get(LAKE).content.decode().count("name withheld") == 1
    assert "Bo Fisher" in client.get(LAKE).content.decode()
    assert list(verify()) == []
    assert broken(appeal) == []


def test_the_working_copy_and_its_approval_lose_it_too(appeal, edda):
    hide(appeal, ana(), by=join("mato"))
    appeal.refresh_from_db()
    assert appeal.state == State.DRAFT
    assert not appeal.is_unpublished()
    assert {approval.digest for approval in Approval.objects.about(appeal)} == {""}
    assert not Person.objects.exists()
    row = appeal.signatories.get(role="Baker")
    assert (row.name_status, row.name, row.printed_as, row.person) == ("withheld", "", "", None)


def test_the_record_says_who_and_when_and_not_whom(appeal):
    hide(appeal, ana(), by=join("mato"))
    decision = Decision.objects.about(appeal).get(name="hide")
    assert (decision.by_name, decision.reason) == ("Mato", "")
    redaction = Redaction.objects.get()
    assert (redaction.by_name, redaction.ground) == ("Mato", "A signatory’s name was hidden.")
    assert redaction.places > 4


def test_a_name_that_only_an_older_edition_has_is_hidden_there(appeal, edda, client):
    with editing(appeal, by=join("tariq")):
        appeal.signatories.get(name="Ana Petrel").delete()
    publish(approve(appeal), by=edda)
    [old] = [one for one in named(appeal) if one.name == "Anna Petrel"]
    hide(appeal, old.at, by=join("wanda"))
    assert "etrel" not in everything_public(client)
    assert names(appeal) == []


def test_what_is_scheduled_is_hidden_before_it_appears(appeal, edda):
    with editing(appeal, by=join("tariq")):
        appeal.summary = "Later."
        appeal.save()
    publish(approve(appeal), by=edda, at=timezone.now() + timedelta(days=1))
    hide(appeal, ana(), by=join("mato"))
    assert names(appeal) == []


def test_previews_show_it_no_more(appeal, client):
    link = make_link(appeal, by=join("edda")).get_absolute_url()
    assert "Ana Petrel" in client.get(link).content.decode()
    hide(appeal, ana(), by=join("mato"))
    assert "etrel" not in client.get(link).content.decode()


def test_an_organisation_that_signed_is_hidden_as_one(edda, client):
    appeal = write_appeal(slug="lake")
    union = Organisation.objects.create(name="Ferry Union")
    row = appeal.signatories.create(
        name_status="public", kind="organisation", name="Ferry Union", organisation=union
    )
    publish(approve(appeal), by=edda)
    assert client.get("/organisations/ferry-union/").status_code == 200
    hide(appeal, f"draft-{row.pk}", by=join("mato"))
    assert "Ferry Union" not in client.get(LAKE).content.decode()
    assert client.get("/organisations/ferry-union/").status_code == 404
    assert list(verify()) == []


def test_somebody_who_wrote_a_post_stays_a_person(appeal, edda):
    post = write_post(slug="x")
    post.bylines.create(person=Person.objects.get())
    hide(appeal, ana(), by=join("mato"))
    assert Person.objects.get().name == "Ana Petrel"


def test_pictures_go_with_the_name(appeal, edda, client):
    with editing(appeal, by=join("tariq")):
        document(appeal, "A photostat", "white", released=True)
    publish(approve(appeal), by=edda)
    edition = AppealEdition.objects.live().get()
    address = reverse("appeals:picture", args=edition.pages.get().file.split("."))
    assert client.get(address).status_code == 200
    kept = storages["private"]
    hide(appeal, ana(), by=join("mato"))
    assert client.get(address).status_code == 404
    assert "This picture was taken away" in client.get(LAKE).content.decode()
    assert kept.exists(f"pages/{edition.pages.get().file}") is False
    assert list(verify()) == []


def test_pages_that_were_found_covered_are_to_be_looked_at_again(appeal, edda):
    appeal.signatories.create(name_status="withheld", role="Clerk", position=2)
    photostat = document(appeal, "A photostat", "white", released=True, covered=True)
    assert photostat.is_covered
    hide(appeal, ana(), by=join("mato"))
    photostat.refresh_from_db()
    assert not photostat.is_covered
    assert Appeal.objects.get(pk=appeal.pk).content()["documents"] == []


# --- and not more ----------------------------------------------------------------------------


def test_who_has_not_the_permission_hides_nothing(appeal, django_user_model):
    guest = django_user_model.objects.create(username="guest", is_staff=True)
    with pytest.raises(MayNot):
        hide(appeal, ana(), by=guest)
    assert names(appeal)


def test_who_may_not_look_at_drafts_hides_what_readers_see(appeal):
    with editing(appeal, by=join("tariq")):
        appeal.title = "A secret title"
        appeal.save()
        appeal.signatories.create(name_status="public", name="Not Yet", position=3)
    draft = write_appeal(slug="draft", title="A secret draft")
    mato = sit("mato")
    listed = mato.get(reverse("admin:appeals_names")).content.decode()
    address = reverse("admin:appeals_appeal_names", args=[appeal.pk])
    page = mato.get(address).content.decode()
    assert f'href="{address}"' in listed
    assert "Ana Petrel" in page
    assert "Not Yet" not in page
    assert "secret" not in page + listed
    assert "Hide a name" in mato.get(reverse("admin:index")).content.decode()
    hidden = reverse("admin:appeals_appeal_names", args=[draft.pk])
    assert [mato.get(hidden).status_code, mato.post(hidden, {"at": "x"}).status_code] == [404, 404]


def test_hiding_takes_a_post(appeal):
    client = sit("edda")
    assert client.get(reverse("admin:appeals_appeal_names", args=[appeal.pk])).status_code == 200
    assert names(appeal)
    assert client.get(reverse("admin:appeals_appeal_names", args=[99])).status_code == 404


def test_a_second_click_says_that_somebody_was_faster(appeal):
    at = ana()
    hide(appeal, at, by=join("mato"))
    answer = post("wanda", appeal, at)
    assert "somebody was faster" in answer.content.decode()
    for nonsense in ("", "draft-", "edition-1", "edition-9-0", "edition-1-99", "edition-1-x"):
        with pytest.raises(CannotNow):
            hide(appeal, nonsense, by=join("mato"))
    assert Redaction.objects.count() == 1


def test_no_name_is_posted_or_put_into_an_address(appeal):
    page = sit("wanda").get(desk.page(appeal)).content.decode()
    form = page[page.index('class="named"') :].partition("</form>")[0]
    assert f'value="{ana()}"' in form or 'value="edition-2-0"' in form
    assert "petrel" not in reverse("admin:appeals_appeal_names", args=[appeal.pk])


def test_the_form_of_a_colleague_is_stale_afterwards(appeal):
    tariq = sit("tariq")
    opened = tariq.get(desk.page(appeal))
    hide(appeal, ana(), by=join("mato"))
    answer = desk.save(tariq, appeal, opened=opened, summary="Another.")
    assert "Nothing was saved" in answer.content.decode()
    assert not Signatory.objects.filter(name="Ana Petrel").exists()
    with pytest.raises(Stale), editing(appeal, by=join("tariq"), revision=1):
        pass


# --- showing it again takes two ----------------------------------------------------------------


@pytest.fixture
def hidden(appeal):
    hide(appeal, ana(), by=join("mato"))
    return Appeal.objects.get(pk=appeal.pk)


def show_again(client, appeal):
    row = appeal.signatories.get(role="Baker")
    at = list(appeal.signatories.all()).index(row)
    return desk.save(
        client,
        appeal,
        **{f"signatories__{at}__name": "Ana Petrel", f"signatories__{at}__name_status": "public"},
    )


def test_one_person_cannot_show_it_by_the_form(hidden, client):
    edda = sit("edda")
    show_again(edda, hidden)
    assert Signatory.objects.filter(name="Ana Petrel").exists()
    for act in ("submit", "approve", "approve_publish", "approve_planned", "publish"):
        desk.press(edda, hidden, act, kind="update")
    edda.post(
        desk.listing(Appeal),
        {"action": "approve_selected", "_selected_action": [hidden.pk]},
    )
    hidden.refresh_from_db()
    assert hidden.state == State.IN_REVIEW
    assert "etrel" not in everything_public(client)


def test_a_second_person_can(hidden, client):
    show_again(sit("edda"), hidden)
    desk.press(sit("edda"), hidden, "submit")
    desk.press(sit("rosa"), hidden, "approve")
    desk.press(sit("edda"), hidden, "publish", kind="update")
    assert "Ana Petrel" in client.get(LAKE).content.decode()
    assert "etrel" not in client.get(f"{LAKE}editions/1/").content.decode()
    assert list(verify()) == []


def test_whoever_hid_it_has_not_worked_on_the_text(appeal, edda):
    hide(appeal, ana(), by=edda)
    with editing(appeal, by=join("tariq")):
        appeal.summary = "Later."
        appeal.save()
    move(appeal, "submit", by=join("tariq"))
    move(appeal, "approve", by=edda)
    assert appeal.state == State.APPROVED


def test_an_approval_from_before_publishes_nothing(appeal, edda):
    with editing(appeal, by=join("tariq")):
        appeal.summary = "Later."
        appeal.save()
    approve(appeal)
    hide(appeal, ana(), by=join("mato"))
    with pytest.raises(CannotNow):
        publish(appeal, by=edda)
    Signatory.objects.filter(role="Baker").update(name="Ana Petrel", name_status="public")
    Appeal.objects.update(state=State.APPROVED)
    with pytest.raises(CannotNow, match="no longer what was approved"):
        publish(Appeal.objects.get(), by=edda)


def test_an_approval_cannot_be_written_past_the_guard(hidden, edda):
    with editing(hidden, by=edda):
        hidden.signatories.filter(role="Baker").update(name="Ana Petrel", name_status="public")
    with pytest.raises(DatabaseError, match="four_eyes"), transaction.atomic():
        Approval.objects.create(
            item=hidden, revision=1, approver=edda, approver_name="E", contributors=f",{edda.pk},"
        )


def test_no_edition_can_be_written_over(hidden):
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        AppealEdition.objects.update(content="{}")


def test_a_content_folder_that_still_has_the_name_brings_it_back_nowhere(edda, client, tmp_path):
    folder = tmp_path / "appeals" / "lake"
    folder.mkdir(parents=True)
    (folder / "original.ru.txt").write_text("К людям озера.\n")
    (folder / "appeal.yaml").write_text(
        "title: To the lake\nslug: lake\noriginal_language: ru\npublished: 2026-01-05T09:00\n"
        "signatories:\n  - {name: Ana Petrel, name_status: public, role: Baker}\n"
    )
    import_folder(tmp_path, publish=True)
    appeal = Appeal.objects.get()
    assert "Ana Petrel" in client.get(LAKE).content.decode()
    hide(appeal, ana(), by=join("mato"))
    for time in range(2):
        tally = import_folder(tmp_path, publish=True)
        assert tally.left == ["appeals/lake/appeal.yaml"]
        assert "etrel" not in client.get(LAKE).content.decode()
        assert not Signatory.objects.filter(name="Ana Petrel").exists()
        with editing(appeal, by=join("tariq")):
            appeal.summary = f"Since then, {time}."
            appeal.save()
        publish(approve(Appeal.objects.get()), by=edda)


# --- what gives the name away ------------------------------------------------------------------


def test_the_desk_warns_beside_the_row_and_on_the_review(hidden):
    hidden.signatories.filter(role="Baker").update(role="President")
    translation = translate(hidden)
    sentence = "“President” is one person: whoever knows the office knows the name."
    page = sit("edda").get(desk.page(hidden)).content.decode()
    assert page.count(sentence) == 2
    review = reverse("admin:appeals_translation_review", args=[translation.pk])
    assert sentence in sit("rosa").get(review).content.decode()
    publish(approve(hidden), by=join("edda"))


def test_a_long_list_of_names_has_a_page_of_its_own(appeal):
    Signatory.objects.bulk_create(
        Signatory(appeal=appeal, position=n, name=f"Reader {n}", name_status="public")
        for n in range(40)
    )
    page = sit("wanda").get(desk.page(appeal)).content.decode()
    assert "13 more names" in page
    listed = sit("wanda").get(reverse("admin:appeals_appeal_names", args=[appeal.pk]))
    assert listed.content.decode().count("Hide at once") == 43
    assert listed.headers["Cache-Control"] == "no-store"
