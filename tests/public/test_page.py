import hashlib
import re
from base64 import b64encode
from html import escape as html_escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.public.shell import escape
from chalicelib.rules import live
from tests.public import world
from tests.public.world import TOKEN, page

SITUATIONS = {
    "green": world.code(),
    "yellow": world.code(world.LAPSED),
    "red": world.code(stop=world.STOP),
    "grey": world.code(world.FACTS | {"exams": []}),
    "withdrawn": world.code(world.WITHDRAWN),
    "only stopped": world.stopped_only(),
    "unknown": {"pk": world.text(world.OTHER)},
    "unavailable": world.code() | {"facts": world.text("{")},
}
VOID = {"meta", "input", "img", "br", "path", "circle"}


class Outline(HTMLParser):
    """What a browser and a screen reader make of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.stack, self.texts = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.stack += [] if tag in VOID else [tag]

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, tag):
        return [attributes for found, attributes in self.tags if found == tag]


@pytest.fixture(params=SITUATIONS.values(), ids=SITUATIONS.keys())
def shown(request, codes, dynamodb):
    del dynamodb.items("codes")[TOKEN]
    codes(request.param)
    return lambda **more: page(**more)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_is_whole_small_and_asks_nobody_for_anything(shown, lang):
    body = shown(query={"lang": lang})["body"]

    outline = Outline(body)
    assert outline.stack == []
    assert len(body.encode()) <= 14_336
    assert not {"script", "link", "iframe", "object", "video", "base"} & {tag for tag, _ in outline.tags}
    assert not re.search(r"(src|srcset)=", body)
    assert not [1 for _, attributes in outline.tags if "style" in attributes]
    assert not [1 for _, attributes in outline.tags if any(name.startswith("on") for name in attributes)]


def test_the_content_policy_lets_in_this_style_and_nothing_else(shown):
    reply = shown()

    style = re.search("<style>(.*?)</style>", reply["body"]).group(1)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = reply["headers"]["Content-Security-Policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy
    assert "unsafe" not in policy


def test_a_page_is_kept_out_of_search_and_caches(shown):
    reply = shown()

    assert 'name="robots" content="noindex' in reply["body"]
    assert reply["headers"]["X-Robots-Tag"].startswith("noindex")
    assert reply["headers"]["Cache-Control"] == "no-store"
    assert reply["headers"]["Referrer-Policy"] == "no-referrer"


def test_an_answer_is_asked_for_by_https_alone_and_taken_for_what_it_is(shown):
    told = shown()["headers"]

    assert told["Strict-Transport-Security"] == "max-age=31536000"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in told["Content-Security-Policy"]


def test_the_colour_is_a_word_and_a_sign_too(shown):
    outline = Outline(shown()["body"])

    assert {"绿码", "黄码", "红码", "灰码"} & set(outline.texts)
    assert len(outline.all("h1")) == 1
    assert outline.all("svg")


def test_a_page_says_when_it_was_checked_and_which_host_is_the_true_one(shown):
    body = shown()["body"]

    assert '<time datetime="2026-11-21T21:00:05+08:00">2026-11-21 21:00:05</time>（北京时间）' in body
    assert "<b>code.example.gov.cn</b>" in body
    assert re.search(r'<a href="tel:\d+">', body)


def test_a_page_can_be_had_in_english_and_back(shown):
    chinese, english = shown(), shown(query={"lang": "en"})

    assert '<html lang="zh-CN">' in chinese["body"]
    assert f'href="/v/{TOKEN}?lang=en"' in chinese["body"]
    assert '<html lang="en">' in english["body"]
    assert f'href="/v/{TOKEN}" hreflang="zh-CN"' in english["body"]


def test_every_field_has_its_label(shown):
    body = shown()["body"]

    fields = re.findall(r"<(?:input(?! type=\"hidden\")|textarea|select)[^>]*>", body)
    assert len(fields) == len(re.findall(r"<label>(?:(?!</label>).)*<(?:input|textarea|select)", body))


@pytest.mark.parametrize(
    ("name", "confirm", "report"),
    [
        ("green", True, True),
        ("yellow", True, True),
        ("red", False, True),
        ("grey", False, True),
        ("withdrawn", False, True),
        ("only stopped", False, True),
        ("unknown", False, True),
        ("unavailable", False, False),
    ],
)
def test_entry_is_offered_on_green_and_yellow_and_a_report_always(codes, dynamodb, name, confirm, report):
    del dynamodb.items("codes")[TOKEN]
    codes(SITUATIONS[name])

    body = page()["body"]

    assert (f'action="/v/{TOKEN}/visits"' in body) is confirm
    assert (f'action="/v/{TOKEN}/reports"' in body) is report


def test_each_check_has_its_day(codes):
    codes(world.code(world.LAPSED))

    text = "".join(Outline(page()["body"]).texts)

    assert "有效，至 2028-05-01" in text
    assert "健康体检（养老照护）有效，至 2027-03-01" in text
    assert "已于 2026-11-19 到期，含第三者责任" in text
    assert "已通过，核查日期 2026-06-01" in text


def test_the_holder_s_rows_say_what_the_product_knows_and_nothing_of_ratings(codes):
    codes(world.code())

    told = page()["body"]

    assert [term for term in ("姓名", "所属企业", "服务类型", "证书编号") if f"<dt>{term}</dt>" not in told] == []
    assert "评价" not in told


def test_what_a_company_calls_itself_cannot_become_markup(codes):
    body = page()["body"]

    assert "甬城家政&lt;演示&gt;" in body
    assert "<演示>" not in body


@pytest.mark.parametrize("text", ['"><script>', "%22%3E", "'x", "<b>", "A&B"])
def test_what_stands_in_the_path_cannot_become_markup(codes, text):
    asked = world.event("GET", "/v/{token}", parameters={"token": text}, accept="text/html")

    body = world.verify(asked | {"path": f"/v/{text}"}, None)["body"]

    assert not {"script", "b"} & {tag for tag, _ in Outline(body.replace("<b>", "").replace("</b>", "")).tags}
    assert f'"{text}"' not in body


@given(st.text())
def test_escaping_is_what_the_library_does(text):
    assert escape(text) == html_escape(text)


def test_the_hotline_is_the_citys_own(codes):
    codes(world.code(hotline=world.text("81890")))

    assert 'href="tel:81890"' in page()["body"]


def test_an_unknown_code_warns_and_gives_the_stacks_hotline(codes):
    reply = page(world.OTHER)

    assert reply["statusCode"] == 404
    assert "请勿凭此码让任何人入户" in reply["body"]
    assert 'href="tel:962512"' in reply["body"]


def test_a_stale_live_code_says_that_it_may_be_a_screenshot(codes):
    old = live.make_live(TOKEN, world.LIVE_SECRET, world.NOW.replace(hour=1))

    assert "可能是截图" in page(old)["body"]


def test_who_has_let_a_red_worker_in_is_told_what_to_do(codes):
    codes(world.code(stop=world.STOP, hotline=world.text("81890")))

    body = page()["body"]

    assert "人已经进门了" in body
    assert '拨打<a href="tel:110">110</a>' in body
    assert '热线<a href="tel:81890">81890</a>' in body
    assert "费用之后与企业结算" in body


@pytest.mark.parametrize("item", [world.code(stop=world.STOP), {"pk": world.text(world.OTHER)}], ids=["red", "unknown"])
def test_the_top_of_the_page_leads_there_and_from_there_to_the_report(codes, dynamodb, item):
    del dynamodb.items("codes")[TOKEN]
    codes(item)

    outline = Outline(page()["body"])

    named = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    led = [attributes["href"] for tag, attributes in outline.tags if tag == "a" and attributes["href"].startswith("#")]
    assert led == ["#result", "#inside", "#report"]
    assert {one[1:] for one in led} <= set(named)


def test_a_green_page_does_not_speak_of_danger(codes):
    assert "人已经进门了" not in page()["body"]
