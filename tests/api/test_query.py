"""What may be asked for in the query of a list."""

from datetime import date

import pytest

from chalicelib.api.answered import day
from chalicelib.rules.errors import Malformed


def test_a_day_is_read_and_one_that_is_not_asked_for_is_none():
    assert (day({"due": "2026-11-21"}, "due"), day({}, "due"), day({"due": ""}, "due")) == (
        date(2026, 11, 21), None, None,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["2026-02-30", "20261121", "2026-W47-6", "21.11.2026", "tomorrow"])
def test_what_is_no_day_is_refused_with_its_field(text):
    with pytest.raises(Malformed) as refusal:
        day({"due": text}, "due")

    assert [fault.field for fault in refusal.value.faults] == ["due"]
