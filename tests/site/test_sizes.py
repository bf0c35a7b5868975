"""How much the built admin site sends: what everybody loads first, and what a page adds, as a browser receives it."""

import gzip
import re

import pytest

from scripts import website

FIRST = 250_000
CHUNK = 150_000
"""Bytes, gzipped."""


@pytest.fixture(scope="module")
def built():
    website.build()
    return website.ADMIN / "dist"


def sent(path):
    return len(gzip.compress(path.read_bytes()))


def imported(path, found):
    """Add a script and all that it imports, which load before it runs."""
    found.add(path)
    for name in set(re.findall(r'(?:from|import)"\./([^"]+\.js)"', path.read_text(encoding="utf-8"))):
        imported(path.parent / name, found) if path.parent / name not in found else None
    return found


def test_what_everybody_loads_first_is_small(built):
    page = built / "index.html"
    named = {built / name for name in re.findall(r'(?:src|href)="\./([^"]+)"', page.read_text(encoding="utf-8"))}
    (home,) = built.glob("assets/HomePage-*.js")

    sizes = {path.name: sent(path) for path in {page, *named, *imported(home, set())}}

    assert len(sizes) > 20
    assert sum(sizes.values()) < FIRST, sizes


def test_no_page_adds_much_at_once(built):
    sizes = {path.name: sent(path) for path in built.glob("assets/*.js")}

    assert len(sizes) > 30
    assert {name: size for name, size in sizes.items() if size >= CHUNK} == {}
