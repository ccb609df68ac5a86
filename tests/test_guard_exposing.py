"""What would expose somebody is found in many languages, and what only looks like it is not."""

from itertools import pairwise

import pytest
from django.core import serializers
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from blog.guarding.exposing import findings, without
from blog.guarding.reasons import said
from blog.guarding.removing import remove_exposed
from blog.models import Comment, MailLink
from editorial.matching import MARK
from editorial.models import Decision
from editorial.moving import move
from editorial.states import CannotNow, MayNot
from tests.cast import join
from tests.desk import sit
from tests.people import Browser
from tests.readers import page, publish_post, send
from tests.timing import grows_in_proportion

EXPOSED = [
    ("Call me: +7 701 555 01 23", "telephone", "+7 701 555 01 23"),
    ("мой номер 8 (495) 123-45-67, звоните", "telephone", "8 (495) 123-45-67"),
    ("звоните 55-01-23 вечером", "telephone", "55-01-23"),
    ("Tel. 030 901820 in Berlin", "telephone", "030 901820"),
    ("call 212-456-1414", "telephone", "212-456-1414"),
    ("00 49 30 901820", "telephone", "00 49 30 901820"),
    ("رقم هاتف ٠٥٥١٢٣٤٥٦٧", "telephone", "٠٥٥١٢٣٤٥٦٧"),
    ("тел. ８９１６１２３４５６７", "telephone", "８９１６１２３４５６７"),
    ("+7 (7\u200b01) 555\u200b-01-23", "telephone", "+7 (7\u200b01) 555\u200b-01-23"),
    ("утас 99 11 22 33", "telephone", "99 11 22 33"),
    ("write to ana.petrel@example.org today", "email", "ana.petrel@example.org"),
    ("ana.petrel [at] example [dot] org", "email", "ana.petrel [at] example [dot] org"),
    ("пишите ana собака example точка org", "email", "ana собака example точка org"),
    ("Он живёт на ул. Ленина, д. 5, кв. 12.", "street", "ул. Ленина, д. 5, кв. 12"),
    ("проспект Абая, дом 10а", "street", "проспект Абая, дом 10а"),
    ("she lives at 12 Baker Street now", "street", "12 Baker Street"),
    ("Er wohnt Hauptstraße 5 b.", "street", "Hauptstraße 5 b"),
    ("Kurt-Schumacher-Straße 12", "street", "Kurt-Schumacher-Straße 12"),
    ("au 5 rue de la Paix, Paris", "street", "5 rue de la Paix"),
    ("vive en calle Mayor 3, Madrid", "street", "calle Mayor 3"),
    ("Atatürk Cad. No:15", "street", "Atatürk Cad. No:15"),
    ("住在南京路88号", "street", "住在南京路88号"),
    ("паспорт серия 4509 № 123456", "document", "4509 № 123456"),
    ("4509 123456", "document", "4509 123456"),
    ("my passport is N12345678", "document", "N12345678"),
    ("ИИН 850412300123", "document", "850412300123"),
    ("СНИЛС 112-233-445 95", "document", "112-233-445 95"),
    ("ssn 078-05-1120", "document", "078-05-1120"),
    ("Reisepass Nr. C01X00T478? nein, Ausweisnummer 220001293", "document", "220001293"),
    ("my card 4111 1111 1111 1111", "card", "4111 1111 1111 1111"),
    ("DE89 3704 0044 0532 0130 00 please", "account", "DE89 3704 0044 0532 0130 00"),
    ("they hide at 43.238949, 76.889709", "position", "43.238949, 76.889709"),
]
HARMLESS = [
    "In 1928, 120 000 people signed; 3,500 came on 12.03.2022 at 10:30.",
    "Паспорта получили 120 000 человек.",
    "На улице Ленина в 1937 году стояло 50 домов.",
    "На проспекте Мира 50 человек ждали три часа.",
    "The letter (no. 17 of 2021-03-12) has 45 pages.",
    "See §12, p. 345, ISBN 978-3-16-148410-0.",
    "Das war 1945 in der Straße, 12 Leute kamen.",
    "GDP grew from 1234567 to 2345678 tenge.",
    "4111 1111 1111 1112 is no card",
    "@ana said: meet at dawn.",
    "We walked 5 km and saw 12 houses in King Street.",
    "The law is at www.laws.example, look there.",
    "2019-2022, 100-200-300, 1/2/3",
]


@pytest.mark.parametrize(("text", "kind", "found"), EXPOSED, ids=[row[0] for row in EXPOSED])
def test_found(text, kind, found):
    assert [(finding.kind, finding.text) for finding in findings(text)] == [(kind, found)]
    assert without(text, findings(text)) == text.replace(found, MARK)


@pytest.mark.parametrize("text", HARMLESS)
def test_left(text):
    assert findings(text) == []


def test_several_in_one_text_are_each_removed():
    text = "ana@example.org, +7 701 555 01 23,\nул. Ленина, д. 5"
    assert without(text, findings(text)) == f"{MARK}, {MARK},\n{MARK}"


ODD = st.text(st.sampled_from("+()-. 0123456789٣３@aя\u200b№<Aст.улд\n"), max_size=60)


@given(ODD)
def test_each_finding_is_where_it_says_and_none_twice(text):
    found = findings(text)
    assert all(text[finding.start : finding.end] == finding.text for finding in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert without(text, []) == text
    left = without(text, found)
    assert all(finding.text not in left for finding in found if len(finding.text) > 12)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "+1 (",
        "a.",
        "a@",
        "ул. а ",
        "Aa ",
        "паспорт а ",
        "DE12 ",
        "4 ",
        "5 rue ",
        "д. 1 ",
    ],
)
def test_no_text_takes_long(piece):
    """Five thousand characters made to be tried again and again."""
    text = (piece * 5000)[:5000]
    assert grows_in_proportion(findings, text[:625], text, 8)


# --- at the desk -----------------------------------------------------------------------------

NUMBER = "+7 701 555 01 23"


@pytest.fixture
def exposing():
    edition = publish_post()
    send(edition, name="Ana", text=f"Call {NUMBER} or ana@example.org.")
    return edition, Comment.objects.get()


@pytest.mark.django_db
def test_it_holds_and_says_why(exposing):
    _edition, comment = exposing
    assert comment.reasons == ["exposed:email", "exposed:telephone"]
    told = ["It holds a link.", "It may reveal personal data: e-mail address, telephone number."]
    assert said(["link", *comment.reasons]) == told


@pytest.mark.django_db
def test_removing_is_one_action_that_every_reader_sees(exposing):
    edition, comment = exposing
    with override("ru"):  # what is stored is said in the newsroom's language
        decision = remove_exposed(comment, by=join("mato"))
    assert comment.text == f"Call {MARK} or {MARK}."
    assert (comment.reasons, comment.receipt, comment.state) == ([], None, "held")
    assert (decision.name, decision.by_name) == ("remove_exposed", "Mato")
    assert decision.reason == "telephone number × 1, e-mail address × 1"
    stored = serializers.serialize("json", [*Comment.objects.all(), *Decision.objects.all()])
    assert NUMBER not in stored
    assert not comment.bands.exists()  # by which what it said would still be found
    move(comment, "approve", by=join("mato"))
    assert "Call [removed] or [removed]." in page(edition)


@pytest.mark.django_db
def test_a_button_on_the_comment_s_page_takes_it_out(exposing, client):
    _edition, comment = exposing
    url = f"/admin/blog/comment/{comment.pk}/change/"
    client.force_login(join("mato"))
    html = client.get(url).content.decode()
    assert f'telephone number: <mark dir="auto">{NUMBER}</mark>' in html

    stale = client.post(url, {"move": "remove_exposed", "revision": comment.revision - 1})
    assert (stale.status_code, Comment.objects.get().text) == (409, comment.text)
    done = client.post(url, {"move": "remove_exposed", "revision": comment.revision}, follow=True)
    assert Comment.objects.get().text == f"Call {MARK} or {MARK}."
    html = done.content.decode()
    assert "Removed: telephone number × 1, e-mail address × 1." in html
    assert "personal data removed" in html
    assert NUMBER not in html
    assert "remove_exposed" not in html
    again = client.post(url, {"move": "remove_exposed", "revision": comment.revision + 1})
    assert again.status_code == 409
    client.force_login(join("edda"))
    assert client.post(url, {"move": "remove_exposed"}).status_code == 403


@pytest.mark.django_db
def test_it_is_marked_where_a_moderator_decides(exposing):
    """In the queue and on the page of a mail's link, in the text itself, and nothing is markup."""
    edition, comment = exposing
    Comment.objects.update(text=f"<b>Call</b>\n\n{NUMBER}\nor <i>", name="ana@example.org <i>")
    link = MailLink.objects.create(user=join("mato"), comment=comment, action="approve")
    for address in ("/admin/blog/comment/queue/", link.get_absolute_url()):
        html = sit("mato").get(address).content.decode()
        marked = f'<mark>{NUMBER}</mark> <small class="kind">(telephone number)</small><br>or'
        assert f'<p dir="auto">&lt;b&gt;Call&lt;/b&gt;</p><p dir="auto">{marked} &lt;i&gt;' in html
        assert "<mark>ana@example.org</mark>" in html
        assert "It may reveal personal data: e-mail address, telephone number." in html
    move(comment, "approve", by=join("mato"))
    assert "<mark>" not in page(edition)


@pytest.mark.django_db
def test_its_writer_is_told_before_they_send_it():
    reader = Browser().open(publish_post().get_absolute_url())
    reader.press("See it, then send it", text=f"Call {NUMBER}.")
    assert "This may reveal personal data" in reader.text
    assert f"telephone number: {NUMBER}" in reader.text
    reader.press("See it first", text="Ask me.")
    assert "personal data" not in reader.text


@pytest.mark.django_db
def test_its_writer_is_offered_to_send_it_again_without():
    edition = publish_post()
    reader = Client()
    receipt = send(edition, reader, name="Ana", text=f"Call {NUMBER} or ana@example.org.").url
    told = reader.get(receipt).content.decode()
    assert f"telephone number: <bdi>{NUMBER}</bdi>" in told
    address = f"{receipt}correct/?without=1"
    assert address in told

    form = reader.get(address).content.decode()
    assert f"Call {MARK} or {MARK}.</textarea>" in form
    assert NUMBER in Comment.objects.get().text
    sent = {"name": "Ana", "text": f"Call {MARK} or {MARK}."}
    reader.post(address, sent)
    comment = Comment.objects.get()
    assert (comment.text, comment.reasons) == (f"Call {MARK} or {MARK}.", [])
    assert "expose" not in reader.get(receipt).content.decode()


@pytest.mark.django_db
def test_removing_needs_a_moderator_something_to_remove_and_the_text_as_seen(exposing):
    _edition, comment = exposing
    with pytest.raises(MayNot):
        remove_exposed(comment, by=join("wanda"))
    stale = Comment.objects.get()
    remove_exposed(comment, by=join("mato"))
    with pytest.raises(CannotNow, match="changed"):
        remove_exposed(stale, by=join("mato"))
    with pytest.raises(CannotNow, match="nothing"):
        remove_exposed(comment, by=join("mato"))
    assert Decision.objects.filter(name="remove_exposed").count() == 1
