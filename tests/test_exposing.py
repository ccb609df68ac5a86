"""A role or a count may say who it is although the name is withheld."""

import pytest

from appeals.exposing import exposures, is_office


def signatory(**fields):
    return {
        "group": "",
        "role": "",
        "role_original": "",
        "organisation": None,
        "kind": "person",
        "count": 1,
        "name_status": "withheld",
    } | fields


def named(**fields):
    return signatory(name_status="public", **fields)


COUNCIL = {"name": "Council of the Lake", "slug": "council"}


@pytest.mark.parametrize(
    "role",
    [
        *("President", "the chair", "Chairwoman of the board", "Head of the school", "director"),
        *("Imam of the old mosque", "Editor-in-chief", "Secretary General"),
        *("Президент", "председатель правления", "глава общины", "главный редактор", "Имам"),
        *("Голова", "директорка школи", "імам", "головний редактор"),
        *("Présidente", "le directeur", "rédactrice en chef", "maire", "l’imam"),
        *("رئيس", "الرئيس", "رئيسة الجمعية", "إمام المسجد", "الأمين العام", "مدير المدرسة"),
    ],
)
def test_an_office_of_one_is_known(role):
    assert is_office(role)


@pytest.mark.parametrize(
    "role",
    [
        *("", "teacher", "Vice president", "vice-presidents", "deputy head", "former mayor"),
        *("Вице-президент", "заместитель председателя", "учитель", "вчитель", "заступник голови"),
        *("vice-président", "directeur adjoint", "enseignant", "نائب الرئيس", "معلم", "headmen"),
        "secretary",
    ],
)
def test_one_of_several_is_not(role):
    assert not is_office(role)


def said(*signatories):
    return [(exposure.index, exposure.sentence) for exposure in exposures(signatories)]


def test_the_role_alone_names_who_is_withheld():
    assert said(named(role="Treasurer"), signatory(role="President")) == [
        (1, "“President” is one person: whoever knows the office knows the name.")
    ]
    assert [i for i, _why in said(signatory(role_original="Председатель"))] == [0]


def test_one_of_a_role_in_an_organisation_may_be_known():
    assert said(signatory(role="Accountant", organisation=COUNCIL)) == [
        (0, "One “Accountant” of “Council of the Lake”: who knows it may know the name.")
    ]
    assert said(signatory(role="Accountants", organisation=COUNCIL, count=3)) == []
    assert said(signatory(role="Accountant")) == []
    assert said(signatory(organisation=COUNCIL)) == []


def test_several_of_a_role_are_counted_and_told_of_once():
    many = [signatory(role=role, organisation=COUNCIL) for role in ("Clerk", "clerk") * 20]
    [(index, sentence)] = said(named(role="Clerk", organisation=COUNCIL), *many)
    assert (index, sentence.partition(" of ")[0]) == (1, "41 people signed as “Clerk”")


@pytest.mark.parametrize("status", ["public", "not_given", "illegible"])
def test_only_a_name_that_we_hold_back_is_warned_about(status):
    assert said(signatory(role="President", name_status=status)) == []


def test_a_pending_name_counts_as_held_back():
    assert len(said(signatory(role="President", name_status="pending"))) == 1


def test_three_presidents_are_nobody():
    assert said(signatory(role="Presidents", count=3, kind="group")) == []


def test_the_last_of_a_group_is_known_by_the_others():
    board = {"group": "The board"}
    assert said(named(**board), named(**board), signatory(**board)) == [
        (2, "Of the 3 in “The board” all but this one are named.")
    ]
    assert said(named(**board), signatory(**board), signatory(**board)) == []
    assert said(named(**board), signatory(**board, count=2, kind="group")) == []
    assert said(signatory(**board)) == []
    assert said(named(**board), signatory(group="Others")) == []
    assert said(named(count=3, kind="group", **board), signatory(**board))[0][0] == 1


def test_the_last_of_an_organisation_likewise():
    union = {"organisation": {"name": "Ferry Union", "slug": "u"}}
    assert said(named(**union), signatory(**union)) == [
        (1, "Of the 2 in “Ferry Union” all but this one are named.")
    ]
    # The organisation's own signature is no member of it.
    assert said(named(kind="organisation", **union), signatory(**union)) == []


def test_not_given_is_no_name_that_leaves_one():
    board = {"group": "The board"}
    third = signatory(name_status="not_given", **board)
    assert said(named(**board), signatory(**board), third) == []
