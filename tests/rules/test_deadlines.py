import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from chalicelib.rules import deadlines

FOLDER = Path(deadlines.__file__).parents[1] / "calendar"


@pytest.mark.parametrize(("year", "working"), [(2024, 251), (2025, 248), (2026, 248)])
def test_every_day_of_a_year_with_a_notice_agrees_with_another_calendar(year, working):
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    in_year = [day for day in days if day.year == year]

    ours = [day for day in in_year if deadlines.is_working_day(day)]

    assert ours == [day for day in in_year if chinese_calendar.is_workday(day)]
    assert len(ours) == working
    assert not deadlines.is_provisional(date(year, 6, 1))


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_year_names_its_notice(year):
    told = json.loads((FOLDER / f"{year}.json").read_text(encoding="utf-8"))

    assert told["source"] == f"国务院办公厅关于{year}年部分节假日安排的通知"
    assert date.fromisoformat(told["issued_on"]).year == year - 1


@pytest.mark.parametrize(
    ("day", "working_days", "due"),
    [
        pytest.param("2026-11-20", 1, "2026-11-23", id="over a weekend"),
        pytest.param("2026-11-23", 7, "2026-12-02", id="the whole process"),
        pytest.param("2026-09-30", 5, "2026-10-13", id="over the national holiday and its working Saturday"),
        pytest.param("2026-02-13", 2, "2026-02-24", id="over the Spring Festival, working that Saturday"),
        pytest.param("2026-11-21", 0, "2026-11-21", id="none"),
    ],
)
def test_a_limit_ends_on_the_working_day_that_the_official_calendar_gives(day, working_days, due):
    assert deadlines.add_working_days(date.fromisoformat(day), working_days) == (
        date.fromisoformat(due),
        False,
    )


@pytest.mark.parametrize(
    ("day", "due"), [("2026-12-30", "2027-01-11"), ("2027-04-30", "2027-05-11"), ("2023-12-29", "2024-01-10")]
)
def test_a_limit_in_a_year_without_notice_is_provisional_and_knows_fixed_holidays(day, due):
    found = deadlines.add_working_days(date.fromisoformat(day), 7)

    assert found == (date.fromisoformat(due), True)


def test_a_limit_cannot_be_negative():
    with pytest.raises(ValueError, match="negative"):
        deadlines.add_working_days(date(2026, 11, 21), -1)


@pytest.mark.parametrize(
    ("begun", "on", "passed"),
    [
        ("2026-11-20", "2026-11-23", 1),
        ("2026-11-20", "2026-11-22", 0),
        ("2026-09-30", "2026-10-13", 5),
        ("2026-11-23", "2026-11-23", 0),
    ],
)
def test_the_working_days_passed_leave_out_the_first(begun, on, passed):
    assert deadlines.working_days_between(date.fromisoformat(begun), date.fromisoformat(on)) == passed
