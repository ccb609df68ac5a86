"""The calendar: planned, scheduled and published, told apart without colours."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.calendar import month_of
from editorial.models import WorkingCopy
from editorial.sealing import cancel_schedule, publish
from tests.cast import approve, join, write_appeal, write_post
from tests.desk import page, sit

pytestmark = pytest.mark.django_db


def at(day, hour=9, month=3, year=2099):
    return datetime(year, month, day, hour, tzinfo=timezone.get_current_timezone())


def plan(item, when):
    type(item).objects.filter(pk=item.pk).update(planned_for=when)
    item.refresh_from_db()
    return item


def marks(asked="2099-03", who="edda"):
    return [
        (day.date.day, entry.mark, entry.title)
        for day in month_of(join(who), asked).days
        for entry in day.entries
    ]


def test_a_month_shows_plans_schedules_and_editions():
    plan(write_post(title="Idea"), at(5))
    publish(approve(write_post(title="Set")), by=join("edda"), at=at(5, 7))
    cancelled = approve(write_post(title="Cancelled"))
    publish(cancelled, by=join("edda"), at=at(6))
    cancel_schedule(cancelled, by=join("edda"))
    plan(write_appeal(title="Lake"), at(31, 23))
    plan(write_post(title="Elsewhere"), at(1, 0, month=4))
    assert marks() == [(5, "scheduled", "Set"), (5, "planned", "Idea"), (31, "planned", "Lake")]


def test_a_plan_that_was_kept_is_shown_once():
    post = plan(approve(write_post(title="Kept")), at(5))
    publish(post, by=join("edda"), at=post.planned_for)
    assert marks() == [(5, "scheduled", "Kept")]


def test_a_plan_that_was_missed_says_so():
    yesterday = timezone.localtime() - timedelta(days=1)
    plan(write_post(title="Late"), yesterday)
    publish(approve(write_post(title="Out")), by=join("edda"))
    shown = {(mark, title) for _day, mark, title in marks(f"{yesterday:%Y-%m}") + marks("")}
    assert shown == {("missed", "Late"), ("published", "Out")}


def test_weeks_are_whole_and_months_lead_on():
    month = month_of(join("edda"), "2099-12")
    assert {len(week) for week in month.weeks} == {7}
    assert (month.previous, month.next) == ("2099-11", "2100-01")
    assert month_of(join("edda"), "2099-01").previous == "2098-12"


@pytest.mark.parametrize("asked", ["", "2099-13", "0000-01", "9999-12", "tomorrow", "٢٠٩٩-٠٣"])
def test_nonsense_is_this_month(asked):
    assert sit("edda").get("/admin/calendar/", {"month": asked}).status_code == 200


def test_the_page_names_every_mark_and_links_to_the_work():
    post = plan(write_post(title="Idea"), at(5))
    text = sit("wanda").get("/admin/calendar/?month=2099-03").content.decode()
    assert f'href="{page(post)}"' in text
    assert '<span class="visually-hidden">planned:</span>' in text
    assert "style=" not in text


def test_a_moderator_sees_nothing_that_is_not_public():
    plan(write_post(title="Idea"), at(5))
    plan(write_appeal(title="Lake"), at(5))
    assert marks(who="mato") == []


def test_the_calendar_is_for_staff():
    client = sit("wanda")
    client.logout()
    assert client.get("/admin/calendar/").status_code == 302


def test_a_month_asks_twice_for_each_kind_however_full_it_is():
    kinds = [model for model in apps.get_models() if issubclass(model, WorkingCopy)]
    asked = []
    for number in range(12):
        plan(write_post(title=f"Idea {number}"), at(5))
        publish(approve(write_post(title=f"Set {number}")), by=join("edda"), at=at(6))
        with CaptureQueriesContext(connection) as queries:
            assert len(marks(who="edda")) == 2 * (number + 1)
        asked.append(len(queries))
    who_and_what_they_may = 3
    assert asked == [who_and_what_they_may + 2 * len(kinds)] * 12
