from datetime import date

import pytest

from chalicelib.rules.colour import GROUPS, UNAVAILABLE, Colour, Reason, Verdict
from chalicelib.rules.texts import UNKNOWN, UNKNOWN_ADVICE, advice_text, colour_text, reason_text

SINCE = date(2026, 11, 20)


@pytest.mark.parametrize("since", [None, SINCE])
@pytest.mark.parametrize("code", GROUPS)
def test_every_reason_has_a_sentence_in_both_languages(code, since):
    chinese, english = reason_text(Reason(code, GROUPS[code], since))

    assert english.isascii()
    assert not chinese.isascii()
    assert not set(chinese + english) & set('{}<>&"')


@pytest.mark.parametrize(
    ("code", "since", "chinese"),
    [
        ("insurance-lapsed", SINCE, "保险已于2026-11-19到期"),
        ("exam-lapsed", SINCE, "体检已于2026-11-19到期"),
        ("certificate-expired", SINCE, "证件已于2026-11-19到期"),
        ("certificate-lost", SINCE, "证件已于2026-11-20挂失"),
        ("exam-lapsed", None, "体检尚未生效"),
        ("consent-withdrawn", SINCE, "本人已停用（自2026-11-20起）"),
        ("code-stale", None, "过期动态码，可能是截图"),
    ],
)
def test_a_reason_is_told_with_the_day_that_helps(code, since, chinese):
    assert reason_text(Reason(code, GROUPS[code], since))[0] == chinese


@pytest.mark.parametrize("since", [None, SINCE])
def test_a_safety_ground_is_told_as_not_passed_and_no_more(since):
    assert reason_text(Reason("background-failed", "safety", since))[0] == "安全核查未通过"


@pytest.mark.parametrize("colour", Colour)
def test_every_colour_says_what_it_means_and_what_to_do(colour):
    assert all(colour_text(colour))
    assert all(advice_text(Verdict(colour, (), None)))


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("consent-withdrawn", "请勿仅凭此码让其入户"),
        ("code-stale", "动态码"),
        ("data-unavailable", "稍后再扫"),
    ],
)
def test_the_leading_reason_has_advice_of_its_own(code, part):
    assert part in advice_text(Verdict(Colour.GREY, (Reason(code, "unknown", None),), None))[0]


def test_an_unknown_code_asks_for_a_report():
    assert "举报" in UNKNOWN_ADVICE[0]
    assert all(UNKNOWN)
    assert advice_text(UNAVAILABLE) != UNKNOWN_ADVICE
