import json
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from chalicelib.outside import policies
from chalicelib.rules import choice
from chalicelib.rules.colour import Colour
from chalicelib.rules.policy import DECIDED, overridden, policy_from

FOLDER = Path(policies.__file__).parents[1] / "policies"
REGIONS = ["default", *sorted(path.stem for path in FOLDER.glob("[0-9]*.json"))]
DOCUMENT = json.loads((FOLDER / "330200.json").read_text()) | json.loads(
    (FOLDER / "service_types.json").read_text()
)


@pytest.mark.parametrize("region", REGIONS)
def test_every_packaged_policy_decides_every_ground(region):
    assert policies.load(region).colours.keys() >= DECIDED


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("330200", "330200@1"),
        ("330000", "330000@1"),
        ("330299", "330000@1"),
        ("330782", "330000@1"),
        ("330400", "330400@1"),
        ("440200", "440200@1"),
        ("440100", "default@1"),
        ("310000", "310000@1"),
        ("310115", "310000@1"),
        ("default", "default@1"),
        ("../../etc", "default@1"),
        ("service_types", "default@1"),
    ],
)
def test_a_region_without_a_policy_has_its_province_s_then_the_default(region, found):
    assert policies.load(region).id == found


@pytest.mark.parametrize(
    ("day", "version"), [("2020-01-01", 1), ("2020-09-01", 1), ("2020-09-02", 2), ("2026-11-21", 2)]
)
def test_the_version_in_force_is_the_last_that_has_begun(day, version):
    assert policies.load("330200").at(date.fromisoformat(day)).id == f"330200@{version}"


@pytest.mark.parametrize(
    ("region", "ground", "colour"),
    [
        ("330000", "both-lapsed", Colour.RED),
        ("330000", "exam-missing", Colour.GREY),
        ("330200", "both-lapsed", Colour.YELLOW),
        ("330200", "exam-missing", Colour.YELLOW),
        ("330200", "insurance-missing", Colour.YELLOW),
        ("330400", "both-lapsed", Colour.RED),
        ("330400", "exam-missing", Colour.YELLOW),
        ("330400", "insurance-missing", Colour.YELLOW),
        ("440200", "review-overdue", Colour.GREY),
        ("330000", "review-overdue", Colour.YELLOW),
        ("310000", "both-lapsed", Colour.RED),
    ],
)
def test_regions_differ_where_their_sources_do(region, ground, colour):
    assert policies.load(region).at(date(2026, 11, 21)).colours[ground] is colour


@pytest.mark.parametrize(("region", "asked"), [("310000", True), ("330200", False), ("440200", False)])
@pytest.mark.parametrize("day", ["2021-06-01", "2026-11-21"])
def test_activation_is_asked_for_where_the_source_asks(region, asked, day):
    assert policies.load(region).at(date.fromisoformat(day)).activation_required is asked


@pytest.mark.parametrize("region", ["440200", "310000"])
def test_where_no_colours_were_published_every_ground_says_that_it_is_a_reading(region):
    versions = json.loads((FOLDER / f"{region}.json").read_text(encoding="utf-8"))["versions"]

    assert {ground.get("reading") for version in versions for ground in version["grounds"].values()} == {"careful"}


@pytest.mark.parametrize("region", REGIONS)
def test_every_ground_names_its_source(region):
    versions = json.loads((FOLDER / f"{region}.json").read_text(encoding="utf-8"))["versions"]

    assert all(len(ground["source"]) > 9 for version in versions for ground in version["grounds"].values())


@pytest.mark.parametrize(
    ("ground", "colour"),
    [
        ("exam-missing", "green"),
        ("background-failed", "grey"),
        ("certificate-lost", "yellow"),
        ("code-stale", "red"),
    ],
)
def test_no_policy_can_be_softer_than_the_code_allows(ground, colour):
    document = deepcopy(DOCUMENT)
    document["versions"][0]["grounds"][ground] = {"colour": colour, "source": "test"}

    with pytest.raises(ValueError, match=ground):
        policy_from(document)


def test_a_policy_that_leaves_a_ground_open_is_refused():
    document = deepcopy(DOCUMENT)
    del document["versions"][1]["grounds"]["training-missing"]

    with pytest.raises(ValueError, match="330200@2 leaves training-missing open"):
        policy_from(document)


def test_a_city_s_choices_begin_on_their_day_and_the_later_replace_the_earlier():
    own = [
        {
            "from": "2026-12-01",
            "overrides": {"grounds": {"review-overdue": "grey"}, "activation_required": True},
        },
        {"from": "2027-01-01", "overrides": {"grounds": {"training-missing": "grey"}}},
    ]

    policy = overridden(policies.load("330200"), own)
    before, first, second = (
        policy.at(date.fromisoformat(day)) for day in ("2026-11-30", "2026-12-31", "2027-01-01")
    )

    assert [before.id, first.id, second.id] == ["330200@2", "330200@2+2026-12-01", "330200@2+2027-01-01"]
    assert [one.activation_required for one in (before, first, second)] == [False, True, False]
    assert [one.colours["review-overdue"] for one in (before, first, second)] == [1, 2, 1]
    assert [one.colours["training-missing"] for one in (before, first, second)] == [1, 1, 2]


def test_a_city_without_choices_of_its_own_has_its_region_s_policy():
    assert overridden(policies.load("330200"), []) is policies.load("330200")


@pytest.mark.parametrize(
    ("ground", "colour"), [("exam-lapsed", "green"), ("consent-withdrawn", "red"), ("rain", "grey")]
)
def test_a_city_may_not_decide_what_no_region_may(ground, colour):
    with pytest.raises(ValueError, match="may not make"):
        overridden(
            policies.load("330200"), [{"from": "2026-12-01", "overrides": {"grounds": {ground: colour}}}]
        )


def policy_of(**versions):
    """The region's second version, and copies of it from later days on that leave cities something else."""
    document = deepcopy(DOCUMENT)
    first = document["versions"][1]
    following = [
        first | {"version": 3 + place, "from": day, "city_may": city_may}
        for place, (day, city_may) in enumerate(versions.items())
    ]
    return policy_from(document | {"versions": [first, *following]})


BOUND = {"up_to": "grey", "source": "演示"}
SUCCESSOR = {"2027-01-01": {"activation_required": BOUND | {"up_to": True}, "grounds": {"exam-lapsed": BOUND}}}


def refused(policy, start, **chosen):
    return [(one.setting, one.why) for one in choice.refused(policy, chosen, date.fromisoformat(start))]


@pytest.mark.parametrize("region", REGIONS)
def test_what_is_left_to_cities_is_stricter_than_the_region_s_own_and_names_its_source(region):
    offers = list(choice.offers(policies.load(region), date(2020, 1, 1)))
    versions = json.loads((FOLDER / f"{region}.json").read_text(encoding="utf-8"))["versions"]
    sources = [one["source"] for version in versions for one in version["city_may"]["grounds"].values()]

    assert len(offers) == len(versions)
    assert all(colours for offer in offers for colours in offer.grounds.values())
    assert min(map(len, sources)) > 9


@pytest.mark.parametrize("up_to", ["yellow", "green"])
def test_a_policy_that_would_let_a_city_be_softer_is_refused(up_to):
    document = deepcopy(DOCUMENT)
    document["versions"][0]["city_may"]["grounds"]["exam-lapsed"] = {"up_to": up_to, "source": "演示"}

    with pytest.raises(ValueError, match="exam-lapsed"):
        policy_from(document)


@pytest.mark.parametrize(
    ("start", "chosen", "told"),
    [
        ("2026-12-31", {"grounds": {"exam-lapsed": "red"}}, []),
        ("2027-01-01", {"grounds": {"exam-lapsed": "red"}}, [("exam-lapsed", "too-strict")]),
        ("2027-01-01", {"grounds": {"exam-lapsed": "grey"}}, []),
        ("2027-01-01", {"grounds": {"training-missing": "grey"}}, [("training-missing", "not-the-city-s")]),
        ("2027-01-01", {"grounds": {"training-missing": "yellow"}}, []),
        ("2027-01-01", {"grounds": {"identity-unverified": "yellow"}}, [("identity-unverified", "softer")]),
    ],
)
def test_a_successor_leaves_cities_something_else_from_its_day_on(start, chosen, told):
    assert refused(policy_of(**SUCCESSOR), start, **chosen) == told


def test_a_choice_holds_as_long_as_the_version_in_force_leaves_it_to_the_city():
    grounds = {"exam-lapsed": "grey", "training-missing": "red"}
    own = [{"from": "2026-12-01", "overrides": {"grounds": grounds, "activation_required": True}}]
    successors = {"2027-01-01": {"grounds": {"exam-lapsed": BOUND}}, "2027-02-01": DOCUMENT["versions"][1]["city_may"]}

    policy = overridden(policy_of(**successors), own)
    days = [policy.at(date.fromisoformat(day)) for day in ("2026-12-31", "2027-01-01", "2027-02-01")]

    assert [one.colours["exam-lapsed"] for one in days] == [Colour.GREY] * 3
    assert [one.colours["training-missing"] for one in days] == [Colour.RED, Colour.YELLOW, Colour.RED]
    assert [one.activation_required for one in days] == [True, False, True]


def test_a_city_is_never_softer_than_a_version_that_came_after_its_choice():
    document = deepcopy(DOCUMENT)
    stricter = deepcopy(document["versions"][1]) | {"version": 3, "from": "2027-01-01", "activation_required": True}
    stricter["grounds"]["exam-lapsed"]["colour"] = "red"
    del stricter["city_may"]["grounds"]["exam-lapsed"]
    own = [{"from": "2026-12-01", "overrides": {"grounds": {"exam-lapsed": "grey"}, "activation_required": False}}]

    policy = overridden(policy_from(document | {"versions": [*document["versions"], stricter]}), own)

    assert policy.at(date(2026, 12, 31)).colours["exam-lapsed"] is Colour.GREY
    assert policy.at(date(2027, 1, 1)).colours["exam-lapsed"] is Colour.RED
    assert policy.at(date(2027, 1, 1)).activation_required


def test_each_version_offers_what_it_leaves_to_cities():
    [offer, later] = choice.offers(policy_of(**SUCCESSOR), date(2026, 11, 22))

    assert later == (date(2027, 1, 1), True, {"exam-lapsed": ["grey"]})
    assert offer.grounds["exam-lapsed"] == ["grey", "red"]
    assert "background-pending" not in offer.grounds
