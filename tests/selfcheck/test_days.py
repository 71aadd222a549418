"""Days and numbers: one calendar, and each language in its own way."""

import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import text

from selfcheck.ground.days import day_of, end_of
from selfcheck.ground.written import written_count, written_day, written_moment
from tests.selfcheck.test_doors import started


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_half_past_midnight_belongs_to_the_new_day(moment: datetime, day: date) -> None:
    assert day_of(moment) == day


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31), date(2027, 1, 1)])
def test_a_day_ends_where_the_next_one_begins_also_when_the_clock_is_changed(day: date) -> None:
    assert day_of(end_of(day)) > day
    assert day_of(end_of(day)) == date.fromordinal(day.toordinal() + 1)


def test_a_self_check_begun_after_midnight_carries_the_new_day_everywhere(app: Flask) -> None:
    person = started(app)
    with app.extensions["selfcheck"].database.writer() as session:
        session.execute(text("UPDATE assessment SET changed = '2027-02-28T23:30:00.000000+00:00'"))
        session.commit()
    assert '"date": "2027-03-01"' in person.get(f"{person.place}everything.json").text
    assert "01.03.2027" in person.get(f"{person.place}report.html").text


def test_english_pages_write_days_in_english(app: Flask) -> None:
    person = started(app)
    person.language = "en"
    person.post(f"{person.place}together/begin", {"purpose": "x"}, token_from=f"{person.place}together/")
    page = person.get(f"{person.place}together/").text
    assert re.search(r"by itself on \d{1,2} [A-Z][a-z]+ \d{4}", page)
    assert not re.search(r"\d\d\.\d\d\.\d{4}", page)


def test_each_language_writes_days_moments_and_counts_its_own_way() -> None:
    moment = datetime(2027, 2, 28, 23, 5, tzinfo=UTC)
    assert (written_day(date(2027, 3, 1), "de"), written_day(date(2027, 3, 1), "en")) == ("01.03.2027", "1 March 2027")
    assert (written_moment(moment, "de"), written_moment(moment, "en")) == ("01.03.2027, 00:05", "1 March 2027, 00:05")
    assert (written_count(1234567, "de"), written_count(1234567, "en")) == ("1\xa0234\xa0567", "1,234,567")
