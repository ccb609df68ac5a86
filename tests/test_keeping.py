"""Citing an edition, and coming back to it as it was."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from appeals.models import Organisation, Person
from blog.models import Byline, Post
from config.keeping.formats import bibtex, csl_json, ris
from config.keeping.styles import citations
from config.keeping.works import Work
from editorial.editing import editing
from editorial.sealing import publish, withdraw
from tests.cast import approve, join, translate, write_appeal, write_post
from tests.readers import publish_again, publish_post
from tests.worlds.clock import at

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
MARCH = datetime(2099, 3, 5, 12, tzinfo=UTC)


def ask(url, **headers):
    return Client().get(url, headers=headers)


def cited_post():
    """Publish a post in two editions, in March 2099 and a month later."""
    post = write_post(by=join("wanda"), slug="salt", title="Salt & {brine} 100% _wells_")
    with editing(post, by=join("wanda")):
        for name in ("Anna Levkoeva", "Иво Марш"):
            Byline.objects.create(post=post, person=Person.objects.create(name=name))
    with at(MARCH):
        first = publish(approve(post), by=join("edda"))
    with at(MARCH + timedelta(days=31)):
        return publish_again(first, title="Salt & {brine}")


def cited_appeal():
    appeal = write_appeal(
        by=join("wanda"),
        slug="lake",
        kind="open_letter",
        original_title="К народу озера",
        issued_on="2022-03",
        place="Marsa",
    )
    with editing(appeal, by=join("wanda")):
        appeal.issuers.create(organisation=Organisation.objects.create(name="Lake Council"))
    with at(MARCH):
        publish(approve(appeal), by=join("edda"))
    translation = translate(appeal, by=join("tariq"))
    with editing(translation, by=join("tariq")):
        translation.translator, translation.translator_status = "Tariq Aziz", "public"
        translation.save()
    with at(MARCH):
        publish(approve(translation), by=join("edda"))
    return appeal


def text_of(html):
    return re.sub(r"<[^>]+>", "", html).replace("&amp;", "&")


def test_reference_managers_read_a_post():
    edition = cited_post()
    with at(MARCH + timedelta(days=90)):
        base = f"{edition.get_absolute_url()}editions/1/"
        bib, ris_file, csl = (ask(f"{base}cite.{form}") for form in ("bib", "ris", "json"))
    url = f"{HOST}{base}"

    library = bibtexparser.parse_string(bib.content.decode())
    assert library.failed_blocks == []
    [entry] = library.entries
    assert (entry.entry_type, entry.key) == ("online", "salt-2099-1")
    fields = {field.key: field.value for field in entry.fields}
    assert fields["title"] == r"{Salt \& \{brine\} 100\% \_wells\_}"
    assert fields["author"] == "{Anna Levkoeva} and {Иво Марш}"
    assert (fields["date"], fields["url"], fields["edition"]) == ("2099-03-05", url, "1")

    [record] = rispy.loads(ris_file.content.decode())
    assert (record["type_of_reference"], record["title"]) == ("BLOG", "Salt & {brine} 100% _wells_")
    assert record["authors"] == ["Anna Levkoeva", "Иво Марш"]
    assert (record["date"], record["urls"]) == ("2099/03/05", [url])

    source = CiteProcJSON(csl.json())
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatters.plain)
    bibliography.register(Citation([CitationItem("salt-2099-1")]))
    [line] = [str(item) for item in bibliography.bibliography()]
    assert "Salt & {brine} 100% _wells_" in line
    assert "2099" in line
    assert "Levkoeva" in line
    assert csl.headers["Content-Disposition"] == 'attachment; filename="salt-2099-1.json"'
    assert csl.json()[0]["edition"] == "1"


def test_a_translation_is_cited_with_its_translator_and_its_original():
    cited_appeal()
    with at(MARCH + timedelta(days=90)):
        [record] = rispy.loads(ask("/appeals/lake/en/editions/1/cite.ris").content.decode())
        [item] = ask("/appeals/lake/en/editions/1/cite.json").json()
        [appeal] = ask("/appeals/lake/editions/1/cite.json").json()
        page = ask("/appeals/lake/en/editions/1/cite/").content.decode()
    assert record["authors"] == ["Lake Council"]
    assert item["translator"] == [{"literal": "Tariq Aziz"}]
    assert item["original-title"] == "К народу озера"
    assert item["original-date"] == {"date-parts": [[2022, 3]]}
    assert item["URL"] == f"{HOST}/appeals/lake/en/editions/1/"
    assert "translator" not in appeal
    assert appeal["genre"] == "Open letter"
    url = f"{HOST}/appeals/lake/en/editions/1/"
    lines = [text_of(line) for line in re.findall(r'<dd lang="\w+" dir="ltr">(.*?)</dd>', page)]
    assert lines == [
        "Lake Council. (2099, March 5). To the lake [Open letter] (Tariq Aziz, Trans.; Edition 1). "
        f"Broadside. {url} (Original work published 2022)",
        "Lake Council. “To the lake.” Translated by Tariq Aziz, Broadside, edition 1, 5 Mar. 2099, "
        f"{url}.",
        "Lake Council. “To the lake.” Open letter. Translated by Tariq Aziz. Broadside, edition 1, "
        f"March 5, 2099. {url}.",
        "To the lake / Lake Council ; перевод: Tariq Aziz. – Версия 1. – Текст : электронный // "
        f"Broadside : [сайт]. – 2099. – 5 марта. – URL: {url}.",
    ]


def test_each_page_leads_to_the_citation_of_what_it_shows():
    edition = cited_post()
    cited_appeal()
    with at(MARCH + timedelta(days=90)):
        post = edition.get_absolute_url()
        for page, cite in {
            post: f"{post}editions/2/cite/",
            f"{post}editions/1/": f"{post}editions/1/cite/",
            "/appeals/lake/": "/appeals/lake/editions/1/cite/",
            "/appeals/lake/en/": "/appeals/lake/en/editions/1/cite/",
        }.items():
            assert f'href="{cite}"' in ask(page).content.decode()
            assert ask(cite).status_code == 200
        assert ask(f"{post}editions/3/cite/").status_code == 404
        page = ask(f"{post}editions/1/cite/").content.decode()
        assert '<bdi lang="en" dir="ltr">Salt &amp; {brine} 100% _wells_</bdi>' in page
        assert 'href="' + post + 'editions/1/cite.bib"' in page


def in_style(style, **fields):
    """Return how a page of the site that nobody signed is cited in a style."""
    url = f"{HOST}/about/editions/1/"
    own = {"key": "a", "kind": "page", "genre": "", "language": "en", "number": 1, "page": url}
    own |= {"authors": (), "site": "Broadside", "url": url, "translator": "", "original_title": ""}
    own |= {"original_language": "", "original_date": "", "title": "About us"}
    work = Work(**own | {"published": date(2099, 5, 2)} | fields)
    return next(text_of(one.html) for one in citations(work) if one.style.startswith(style))


def test_stops_and_months_are_as_a_style_has_them():
    assert in_style("ГОСТ").startswith("About us. – Версия 1. – Текст : электронный // Broadside")
    assert in_style("MLA", title="Why?").startswith("“Why?” Broadside, edition 1, 2 May 2099, ")
    months = [in_style("MLA", published=date(2099, n, 2)).split()[6] for n in range(1, 13)]
    assert months == [
        *("Jan.", "Feb.", "Mar.", "Apr.", "May", "June"),
        *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
    ]


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip)
names = texts.filter(lambda text: text.strip())
works = st.builds(
    Work,
    key=st.just("salt-2099-1"),
    kind=st.sampled_from(["post", "appeal", "translation"]),
    genre=st.sampled_from(["", "Open letter"]),
    title=names,
    language=st.sampled_from(["en", "ar", "zh", "mn-Mong"]),
    authors=st.lists(names, max_size=3).map(tuple),
    published=st.dates(min_value=datetime(1990, 1, 1).date()),
    number=st.integers(1, 99),
    site=st.just("Broadside"),
    url=st.just(f"{HOST}/2099/03/salt/editions/1/"),
    page=st.just(f"{HOST}/2099/03/salt/"),
    translator=st.one_of(st.just(""), names),
    original_title=st.one_of(st.just(""), names),
    original_language=st.just("ru"),
    original_date=st.sampled_from(["", "2022", "2022-03", "2022-03-12"]),
)


def untexed(text):
    for name, sign in (("textbackslash{}", "\0"), ("textasciitilde{}", "~")):
        text = text.replace(f"\\{name}", sign)
    text = text.replace("\\textasciicircum{}", "^")
    return re.sub(r"\\([&%$#_{}])", r"\1", text).replace("\0", "\\")


@given(works)
def test_no_title_and_no_name_breaks_a_citation(work):
    expected = re.sub(r"\s+", " ", work.title).strip()
    library = bibtexparser.parse_string(bibtex(work))
    assert library.failed_blocks == []
    [entry] = library.entries
    assert untexed(entry["title"][1:-1]) == expected
    [record] = rispy.loads(ris(work))
    assert record["title"].strip() == expected
    assert len(record.get("authors", [])) == len(work.authors)
    [reference] = CiteProcJSON(json.loads(csl_json(work))).values()
    assert [str(part) for part in reference["URL"]] == [work.url]
    for citation in citations(work):
        assert "<script" not in citation.html
        assert citation.html.count("<bdi ") == 1


def test_a_date_in_the_address_leads_to_what_was_read_on_that_day():
    edition = cited_post()
    url = edition.get_absolute_url()
    with at(MARCH + timedelta(days=90)):
        for day, number in {
            "2099-03-05": 1,
            "2099-04-04": 1,
            "2099-04-05": 2,
            "2099-06-03": 2,
        }.items():
            answer = ask(f"{url}on/{day}/")
            assert (answer.status_code, answer.headers["Location"]) == (
                302,
                f"{url}editions/{number}/",
            )
        for day in ("2099-03-04", "2099-06-04", "2099-02-31", "yesterday"):
            assert ask(f"{url}on/{day}/").status_code == 404


def test_a_timegate_negotiates_dates():
    edition = cited_post()
    url = edition.get_absolute_url()
    with at(MARCH + timedelta(days=90)):
        page = ask(url)
        assert f'<{HOST}{url}timegate/>; rel="timegate"' in page.headers["Link"]
        for date, number in {
            "Thu, 05 Mar 2099 12:00:00 GMT": 1,
            "Sun, 05 Apr 2099 11:59:59 GMT": 1,
            "Sun, 05 Apr 2099 12:00:00 GMT": 2,
            "Mon, 01 Jan 1990 00:00:00 GMT": 1,
            "Fri, 01 Jan 2100 00:00:00 GMT": 2,
        }.items():
            answer = ask(f"{url}timegate/", **{"accept-datetime": date})
            assert answer.status_code == 302
            assert answer.headers["Location"] == f"{url}editions/{number}/"
            assert answer.headers["Vary"] == "Accept-Datetime"
            assert f'<{HOST}{url}>; rel="original"' in answer.headers["Link"]
        assert ask(f"{url}timegate/").headers["Location"] == f"{url}editions/2/"
        assert ask(f"{url}timegate/", **{"accept-datetime": "last week"}).status_code == 400

        memento = ask(f"{url}editions/1/")
        assert parsedate_to_datetime(memento.headers["Memento-Datetime"]) == MARCH
        assert f'<{HOST}{url}timemap/>; rel="timemap"' in memento.headers["Link"]


def test_a_timemap_lists_what_may_be_read_and_nothing_that_lies_ahead():
    edition = cited_post()
    url = edition.get_absolute_url()
    with at(MARCH + timedelta(days=60)):
        post = Post.objects.get(pk=edition.item_id)
        with editing(post, by=join("wanda")):
            post.title = "Tomorrow"
            post.save()
        publish(approve(post), by=join("edda"), at=MARCH + timedelta(days=99))
        answer = ask(f"{url}timemap/")
        before = ask(f"{url}timegate/", **{"accept-datetime": "Fri, 01 Jan 2100 00:00:00 GMT"})
    assert answer.headers["Content-Type"] == "application/link-format"
    links = answer.content.decode().replace("\n", "").split(",<")
    assert [re.sub(r"^<?([^>]*)>; ", r"\1 ", link) for link in links] == [
        f'{HOST}{url} rel="original"',
        f'{HOST}{url}timegate/ rel="timegate"',
        f'{HOST}{url}timemap/ rel="self"; type="application/link-format"; '
        'from="Thu, 05 Mar 2099 12:00:00 GMT"; until="Sun, 05 Apr 2099 12:00:00 GMT"',
        f'{HOST}{url}editions/1/ rel="first memento"; datetime="Thu, 05 Mar 2099 12:00:00 GMT"',
        f'{HOST}{url}editions/2/ rel="last memento"; datetime="Sun, 05 Apr 2099 12:00:00 GMT"',
    ]
    assert before.headers["Location"] == f"{url}editions/2/"


def test_what_was_withdrawn_cannot_be_cited_or_come_back_to():
    first = publish_post(slug="salt")
    url = first.get_absolute_url()
    rest = ["editions/1/cite/", "editions/1/cite.bib", "timegate/", "timemap/"]
    rest.append(f"on/{first.published_on.isoformat()}/")
    post = first.item
    withdraw(post, by=join("edda"), note="By mistake.")
    assert [ask(url + one).status_code for one in rest] == [410] * len(rest)
    post.refresh_from_db()
    publish(approve(post) if post.state != "approved" else post, by=join("edda"))
    assert ask(f"{url}editions/1/cite/").status_code == 410
    assert ask(f"{url}editions/3/cite/").status_code == 200
    assert "editions/1/" not in ask(f"{url}timemap/").content.decode()


def test_citing_asks_a_fixed_number_of_queries():
    def asked(url):
        with CaptureQueriesContext(connection) as queries:
            assert ask(url).status_code in (200, 302)
        return len(queries)

    edition = publish_post()
    url = edition.get_absolute_url()
    rest = ["editions/1/cite/", "editions/1/cite.ris", "timegate/", "timemap/"]
    few = [asked(url + one) for one in rest]
    for number in range(3):
        edition = publish_again(edition, title=f"Salt {number}")
    assert [asked(url + one) for one in rest] == few
    assert max(few) <= 4
