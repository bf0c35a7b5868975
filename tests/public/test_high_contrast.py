"""The page of a check to who needs strong contrast, or whose system sets colours of its own: all of it is still there,
and its colour is told in words."""

import pytest

from scripts import seen
from scripts.seen import View
from tests.public import world
from tests.public.test_page import SITUATIONS
from tests.public.world import TOKEN

WORDS = {
    "green": "绿码", "yellow": "黄码", "red": "红码", "grey": "灰码", "withdrawn": "灰码", "only stopped": "红码",
    "unknown": "灰码", "unavailable": "灰码",
}  # fmt: skip
USUAL = {"forced_colors": "none", "contrast": "no-preference", "color_scheme": "light"}
MEDIA = {
    "forced colours": {"forced_colors": "active"},
    "forced colours, dark": {"forced_colors": "active", "color_scheme": "dark"},
    "more contrast": {"contrast": "more"},
}
BADGE = """() => {
  const [badge, around] = ['.top', 'body'].map((one) => getComputedStyle(document.querySelector(one)))
  return [parseFloat(badge.borderTopWidth), badge.borderTopStyle, badge.borderTopColor !== around.backgroundColor,
    document.querySelector('.top h1').innerText]
}"""


@pytest.fixture(scope="module")
def window(chromium):
    opened = seen.context(chromium, View("zh", 360, 740))
    yield opened.new_page()
    opened.close()


@pytest.fixture(params=MEDIA.values(), ids=MEDIA)
def shown(request, window, codes, dynamodb):
    """Show the page of a code to such a person: `shown(item)` gives the window."""
    window.emulate_media(**USUAL | request.param)

    def show(item):
        del dynamodb.items("codes")[TOKEN]
        codes(item)
        window.set_content(world.page()["body"])
        return window

    return show


@pytest.mark.parametrize(("item", "words"), [(SITUATIONS[one], WORDS[one]) for one in SITUATIONS], ids=SITUATIONS)
def test_the_colour_is_told_in_words_within_a_border(shown, item, words):
    width, style, apart, told = shown(item).evaluate(BADGE)

    assert (width >= 3, style, apart) == (True, "solid", True)
    assert words in told


@pytest.mark.parametrize("item", SITUATIONS.values(), ids=SITUATIONS)
def test_every_word_and_sign_stands_out_from_what_is_behind_it(shown, item):
    assert seen.faint(shown(item), 7) == []


def test_a_word_that_is_as_dark_as_what_is_behind_it_is_found(window):
    window.emulate_media(**USUAL)
    window.set_content('<body style="background:#000"><p style="color:#333">一</p><p style="color:#fff">二</p></body>')

    assert seen.faint(window, 7) == ["p 一: 1.7"]
