"""A photo from the clerk's hand to the household's eye, over HTTP alone, under the roles as deployed."""

from hashlib import sha256
from io import BytesIO
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from PIL import Image

from scripts import seed_photos
from scripts.streams import wait_until
from tests.pictures import picture, send

PORTRAIT = picture(900, 1200, "teal")


def added(people, worker, content, kind, who="owner0"):
    """A file that was declared, sent by the form, and taken in."""
    at, digest = f"/api/workers/{worker['id']}/files", sha256(content).hexdigest()
    body = {"kind": kind, "type": "image/jpeg", "size": len(content), "sha256": digest}
    address = people.as_(who).post(at, body)
    send(address, content)
    return people.as_(who).post(f"{at}/{address['id']}/finish", {})


@pytest.fixture(scope="module")
def photographed(people):
    """A worker with a certificate and a photo that the public sees."""
    worker = people.worker("done")
    token = worker["certificate"]["token"]
    people.settled(people.public(), token)
    added(people, worker, PORTRAIT, "photo")
    assert wait_until(lambda: people.seen(token)[2]["holder"]["photo"], 30)
    return worker


def test_the_check_shows_a_small_copy_at_an_address_that_its_own_signer_made(people, photographed):
    url = people.seen(photographed["certificate"]["token"])[2]["holder"]["photo"]

    with urlopen(url, timeout=10) as reply:
        assert reply.headers["Content-Type"] == "image/jpeg"
        copy = Image.open(BytesIO(reply.read()))

    assert copy.size == (240, 320)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda url: url.partition("?")[0],
        lambda url: url[:-1] + ("0" if url[-1] != "0" else "1"),
        lambda url: url.replace("X-Amz-Expires=300", "X-Amz-Expires=86400"),
        lambda url: url.replace("/photos/", "/evidence/"),
    ],
    ids=["unsigned", "another signature", "longer", "another key"],
)
def test_no_other_address_shows_anything(people, photographed, spoilt):
    url = people.seen(photographed["certificate"]["token"])[2]["holder"]["photo"]

    with pytest.raises(HTTPError) as refused:
        urlopen(spoilt(url), timeout=10)

    assert refused.value.code == 403


def test_the_page_has_the_photo_and_lets_the_browser_load_it_from_there_alone(people, photographed):
    _, headers, body = people.seen(photographed["certificate"]["token"], Accept="text/html")

    assert f'<img src="{people.stack.gateway}/' in body
    assert f"img-src {people.stack.gateway};" in headers["content-security-policy"]


def test_a_browser_of_the_site_may_send_and_of_no_other_site(people, photographed):
    body = {"kind": "exam", "type": "image/jpeg", "size": 9, "sha256": "0" * 64}
    url = people.as_("owner0").post(f"/api/workers/{photographed['id']}/files", body)["url"]

    assert preflight(url, people.stack.browser_url) == people.stack.browser_url
    with pytest.raises(HTTPError):
        preflight(url, "https://elsewhere.example")


def preflight(url, origin):
    """Ask as a browser does before it sends; gives the origin that is let."""
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    with urlopen(Request(url, headers=asked, method="OPTIONS"), timeout=10) as reply:
        return reply.headers["Access-Control-Allow-Origin"]


def test_a_reviewer_sees_a_paper_and_that_it_was_used_twice(people):
    first, second = people.worker("association_review"), people.worker()
    paper = picture(300, 400, "olive")
    file = added(people, first, paper, "exam")
    added(people, second, paper, "exam")
    clerk = people.as_("association_clerk")

    told = clerk.get(f"/api/applications/{first['applications'][-1]['id']}")
    seen = clerk.get(f"/api/workers/{first['id']}/files/{file['id']}")

    assert [(one["file"], one["worker"]) for one in told["duplicates"]] == [(file["id"], second["id"])]
    with urlopen(seen["url"], timeout=10) as reply:
        assert reply.read() == paper


def test_the_demo_citys_photos_are_seen_by_the_public(people):
    worker = people.worker("done")

    assert seed_photos.run(people, {worker["certificate"]["token"]}) == 1


def test_with_the_consent_the_photo_leaves_the_page(people):
    worker = people.worker("done")
    token = worker["certificate"]["token"]
    people.settled(people.public(), token)
    added(people, worker, PORTRAIT, "photo")
    assert wait_until(lambda: people.seen(token)[2]["holder"]["photo"], 30)

    people.as_("owner0").post(f"/api/workers/{worker['id']}/consents/withdraw", {})

    assert people.seen(token)[2]["holder"] is None
