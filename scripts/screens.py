"""Take a picture of every page of the local city, as every role and the public, and ask axe-core about each.

Into .local/PORT/screens/, with index.html that shows them side by side. ARGS="police public --view zh-360" chooses.
"""

import argparse
import html
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from scripts import emulator, public_pages, seen, stack, walk
from scripts.http_client import Client, sign_in
from scripts.phases import Refusal, refuse
from scripts.public_pages import Codes
from scripts.seen import Seen, View

VIEWS = (
    View("zh", 320, 640), View("en", 320, 640), View("zh", 360), View("en", 360), View("zh", 1280, 800),
    View("en", 1280, 800), View("zh", 1280, 800, "dark"), View("zh", 1920, 1080),
)  # fmt: skip
ROLES = (
    "association_manager", "association_clerk", "company_owner", "company_clerk", "bureau", "police", "hotline",
    "print_vendor", "province_auditor", "administrator",
)  # fmt: skip
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


class Album:
    """The pictures taken, and what was seen on each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: dict[tuple[str, str], dict[str, Seen]] = {}
        self.unlinked: dict[str, list[str]] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, page: Page, told: list[str], who: str, name: str, view: View) -> None:
        """Take a picture of a page, and look at it."""
        # before the look, which sets type of twice the size for a moment
        page.screenshot(path=self.folder / picture(who, name, view.name), full_page=True, type="jpeg", quality=70)
        self.seen.setdefault((who, name), {})[view.name] = found = seen.look(page, told)
        print(f"  {who:<20} {view.name:<8} {name:<28} {len(found.faults) or ''}", flush=True)
        for line in (*found.faults, *found.wide, *found.errors):
            print(f"      {line}", flush=True)

    def faulty(self) -> dict[str, tuple[str, ...]]:
        """Give the pictures on which something was found, by their names, and what."""
        found = {
            picture(who, name, view): (*one.faults, *one.wide, *one.errors)
            for (who, name), views in self.seen.items()
            for view, one in views.items()
        }
        return {name: lines for name, lines in found.items() if lines}

    def bind(self) -> Path:
        """Write index.html over all pictures; give its path."""
        index = self.folder / "index.html"
        parts = [self._part(who, name, views) for (who, name), views in self.seen.items()]
        style = (
            "body{font:14px system-ui;margin:1rem}section{border-top:1px solid #ccc;padding:.5rem 0}"
            "div{display:flex;gap:.6rem;align-items:start;flex-wrap:wrap}figure{margin:0}"
            "img{border:1px solid #999;max-height:32rem}li{color:#a50e1e}"
        )
        text = f"<!doctype html><meta charset=utf-8><title>screens</title><style>{style}</style>{''.join(parts)}"
        index.write_text(text, encoding="utf-8")
        return index

    def _part(self, who: str, name: str, views: dict[str, Seen]) -> str:
        pictures = "".join(
            f"<figure><a href='{file}'><img loading=lazy src='{file}' alt=''></a>"
            f"<figcaption>{view}</figcaption></figure>"
            for view, file in ((view, picture(who, name, view)) for view in views)
        )
        lines = dict.fromkeys(line for found in views.values() for line in (*found.faults, *found.wide, *found.errors))
        faults = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
        return f"<section id='{who}-{name}'><h2>{who} · {name}</h2><ul>{faults}</ul><div>{pictures}</div></section>"


def picture(who: str, name: str, view: str) -> str:
    """Name the file of a picture."""
    return f"{who}-{name}-{view}.jpg"


def main(arguments: list[str]) -> int:
    """Walk through all that was asked for; give the exit status: 1 where a picture has faults."""
    parser = argparse.ArgumentParser(prog="make screens", description=__doc__)
    parser.add_argument("who", nargs="*", default=["public", *ROLES], help="roles, or public (all)")
    parser.add_argument("--view", nargs="+", default=[view.name for view in VIEWS], help="such as zh-360 (all)")
    asked = parser.parse_args(arguments)
    port = int(os.environ.get("PORT") or 4566)
    where = emulator.place(port)
    try:
        city, told = stack.local(port), _told(where.folder / "city.json")
        album = Album(where.folder / "screens")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            for view in (one for one in VIEWS if one.name in asked.view):
                for who in asked.who:
                    if who == "public":
                        public(browser, city, told, view, album)
                    else:
                        staff(browser, city, told, who, view, album)
            browser.close()
    except Refusal as refusal:
        return refuse(refusal)
    for role, names in album.unlinked.items():
        print(f"  no link led the {role} to: {', '.join(names)}")
    print(f"\n  {album.bind()}: {len(album.seen)} pages")
    faulty = album.faulty()
    for one, lines in faulty.items():
        print(f"  {one}", *lines, sep="\n      ")
    return 1 if faulty else 0


def chromium() -> str:
    """Find the system's browser. Refusal when there is none."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise Refusal("no Chromium was found; install it (on Debian: apt-get install chromium)")
    return found


def staff(browser: Browser, city: stack.Stack, told: dict[str, Any], role: str, view: View, album: Album) -> None:
    """Walk through the admin site as a role."""
    account = next(one for one in told["accounts"] if one["role"] == role)
    someone = walk.person(role, _token(city, account), city.auth["issuer"], city.auth["client_id"])
    with walk.signed_in(browser, city.browser_url, someone, view) as page:
        errors = seen.listen(page)
        for found in walk.staff(page, city.browser_url, walk.open_to(role)):
            if isinstance(found, str):
                album.unlinked.setdefault(role, []).append(found)
            else:
                album.take(page, errors, role, found.name, view)


def public(browser: Browser, city: stack.Stack, told: dict[str, Any], view: View, album: Album) -> None:
    """Walk through the public pages."""
    opened = seen.context(browser, view)
    page = opened.new_page()
    errors = seen.listen(page)
    for name in public_pages.pages(page, city.browser_url, _codes(city, told), view):
        album.take(page, errors, "public", name, view)
    opened.close()


def _codes(city: stack.Stack, told: dict[str, Any]) -> Codes:
    reasons = _told(emulator.place(city.port).folder / "reasons.json")
    paths = {name: urlsplit(one["url"]).path for name, one in reasons.items() if one["url"]}
    owner = next(one for one in told["accounts"] if one["role"] == "company_owner")
    client = Client(city.direct_url, token=_token(city, owner))
    token = told["codes"]["green"]["token"]
    workers = client.get("/api/workers?limit=200")["items"]
    worker = next(one for one in workers if one["certificate"] == "active")
    made = client.post(f"/api/workers/{worker['id']}/phone-page", {})
    return Codes(paths, token, made["address"].removeprefix(city.browser_url))


def _token(city: stack.Stack, account: dict[str, Any]) -> str:
    return sign_in(city.gateway, city.auth["client_id"], account["username"], account["password"])


def _told(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise Refusal(f"{path} is missing; bring the city up first: make up")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
