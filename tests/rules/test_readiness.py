"""What is missing before an application may be sent (C1), told from what a line of a list keeps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.records import shapes
from chalicelib.rules import readiness
from chalicelib.rules.readiness import Conditions

ON = date(2026, 11, 21)
DAY = timedelta(days=1)
TEXT = "2026-1"
READY = Conditions(
    verified=True, consented=TEXT, unasked=(), exams=(("居家", ON, ON + DAY),), insurances=((True, ON - DAY, ON),),
    trained=True, bound=True,
)  # fmt: skip


def lacking(on=ON, needed="居家", **parts):
    return readiness.lacking(replace(READY, **parts), needed, on, TEXT)


def test_who_has_everything_lacks_nothing():
    assert lacking() == ()


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ({"verified": False}, "identity-unverified"),
        ({"consented": None}, "consent-missing"),
        ({"consented": "2025-9"}, "consent-old-text"),
        ({"unasked": ("health",)}, "consent-not-separate"),
        ({"exams": ()}, "exam-missing"),
        ({"exams": (("一般", ON, ON),)}, "exam-weak"),
        ({"insurances": ()}, "insurance-missing"),
        ({"insurances": ((False, ON, ON),)}, "insurance-no-third-party"),
        ({"trained": False}, "training-missing"),
        ({"bound": False}, "company-suspended"),
    ],
)
def test_each_condition_is_told_apart(part, code):
    assert lacking(**part) == (code,)


def test_everything_that_lacks_is_told_at_once():
    nothing = Conditions(
        verified=False, consented=None, unasked=(), exams=(), insurances=(), trained=False, bound=False
    )

    assert len(readiness.lacking(nothing, "一般", ON, TEXT)) == 6


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (ON - DAY, ("exam-missing",)),
        (ON, ()),
        (ON + DAY, ("insurance-missing",)),
        (ON + 2 * DAY, ("exam-missing", "insurance-missing")),
    ],
)
def test_days_pass_and_what_was_kept_stays_true(on, codes):
    kept = shapes.restore(Conditions, shapes.plain(READY))

    assert readiness.lacking(kept, "居家", on, TEXT) == codes
