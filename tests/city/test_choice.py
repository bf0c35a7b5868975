"""A city's own choice, over HTTP: announced with its first day, and in every code before it begins."""

from datetime import timedelta

import pytest

from scripts.streams import wait_until

GROUND = "甬商务〔演示〕3号"


@pytest.fixture
def choose(people):
    """Has the administrator choose from a day on; in the end nothing is chosen."""

    def chosen(days, **choice):
        body = {"from": str(people.today + timedelta(days=days)), "ground": GROUND, **choice}
        return people.ask("administrator", "POST", "/api/cities/330200/choices", body, Idempotency_Key=f"choice-{days}")

    yield chosen
    chosen(31)


def test_a_choice_shows_in_the_last_day_of_a_code_before_it_begins(people, choose):
    token = people.worker("production")["certificate"]["token"]
    people.settled(people.public(), token)

    status, _, city = choose(30, activation_required=True)

    assert (status, city["overrides"][-1]["overrides"]) == (200, {"activation_required": True})
    last = str(people.today + timedelta(days=29))
    assert wait_until(lambda: people.seen(token)[2]["until"] == last)
    assert people.seen(token)[2]["colour"] == "green"


def test_a_choice_for_today_is_refused_with_the_earliest_day(people, choose):
    status, _, problem = choose(0, activation_required=True)

    assert (status, problem["errors"][0]["field"]) == (400, "from")


def test_a_bureau_may_not_choose(people):
    status, _, _ = people.ask("bureau", "POST", "/api/cities/330200/choices", {}, Idempotency_Key="choice-bureau")

    assert status == 403
