"""Walk through every page of a running city: each role's by the links it finds, and the public's."""

import json
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from chalicelib.rules.access import MAY
from scripts import seen, website
from scripts.seen import View

ROUTER = website.ADMIN / "src" / "router.ts"
_LINKS = "() => [...document.querySelectorAll('a[href^=\"#/\"]')].map((one) => one.getAttribute('href').slice(1))"


class Route(NamedTuple):
    """One address of the admin site: its name, its path as the router writes it, and who may see it."""

    name: str
    path: str
    right: str | None

    def fits(self, address: str) -> bool:
        """Tell whether an address without its query is of this route; where a plainer route fits too, that one is."""
        pattern = re.sub(r"/:\w+\?", "(/[^/]+)?", self.path)
        return re.fullmatch(re.sub(r":\w+", "[^/]+", pattern), address.partition("?")[0]) is not None

    @property
    def plain(self) -> str | None:
        """Give the address of a route that can be opened without knowing anything; None for one that names a thing."""
        path = re.sub(r"/:\w+\?", "", self.path)
        return None if ":" in path else path


class Person(NamedTuple):
    """Somebody who is signed in: the role, and the record of the sign-in as the site keeps it (name, text)."""

    role: str
    kept: tuple[str, str]


def person(role: str, token: str, issuer: str, client: str) -> Person:
    """Make the record that the site keeps of a sign-in, from an access token."""
    record = {
        "access_token": token,
        "token_type": "Bearer",
        "scope": "openid",
        "profile": {"iss": issuer, "sub": role, "aud": client, "exp": 0, "iat": 0},
        "expires_at": int(time.time()) + 3000,
    }
    return Person(role, (f"oidc.user:{issuer}:{client}", json.dumps(record)))


@cache
def routes() -> tuple[Route, ...]:
    """Read the routes out of the router's table; those to nowhere are left out."""
    text = ROUTER.read_text(encoding="utf-8")
    found = []
    for block in re.split(r"\{\s*path: ", text)[1:]:
        path, name = re.match(r"'([^']+)'", block), re.search(r"name: '([^']+)'", block)
        right = re.search(r"right: '([^']+)'", block)
        if path and name:
            found.append(Route(name[1], path[1], right[1] if right else None))
    return tuple(sorted(found, key=lambda one: (":" in one.path, one.path)))


def open_to(role: str) -> list[Route]:
    """Give the routes that a role may see."""
    return [route for route in routes() if route.right is None or role in MAY[route.right]]


@contextmanager
def signed_in(browser: Browser, site: str, someone: Person, view: View) -> Iterator[Page]:
    """Open the admin site as somebody, in the language of the view."""
    opened = seen.context(browser, view)
    name, text = someone.kept
    opened.add_init_script(f"sessionStorage.setItem({json.dumps(name)}, {json.dumps(text)})")
    opened.add_init_script(f"localStorage.setItem('anxinma.language', '{view.language}')")
    page = opened.new_page()
    page.goto(f"{site}/admin/index.html")
    page.locator("#main h1").wait_for()  # until then the router does not hear of another address
    yield page
    opened.close()


def staff(page: Page, site: str, wanted: Iterable[Route]) -> Iterator[Route | str]:
    """Go to each of these routes and stop there; then name those that no link led to.

    What names a thing is opened by the first link to such a thing on any of the pages.
    """
    waiting, known = list(wanted), list[str]()
    while (found := _next(waiting, known)) is not None:
        address, route = found
        waiting.remove(route)
        seen.leave(page, address)
        page.goto(f"{site}/admin/index.html#{address}")
        seen.settle(page)
        known += page.evaluate(_LINKS)
        yield route
    yield from (route.name for route in waiting)


def _next(waiting: list[Route], known: list[str]) -> tuple[str, Route] | None:
    for route in waiting:
        if route.plain is not None:
            return route.plain, route
    for address in known:
        first = next((one for one in routes() if one.fits(address)), None)
        if first in waiting:
            return address, first
    return None
