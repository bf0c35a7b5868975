"""What every test may start from: the local AWS, tables and services on it, and the packaged stack deployed on it.

Settings are named before any model is imported, since models look their table's name up then. No test reaches a
real account: the keys are made up and the endpoint answers nothing until a fixture names the emulator's.
"""

import functools
import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import boto3
import pytest
from playwright.sync_api import sync_playwright

from scripts import bare, emulator, package, stack, streams, up, website

ROOT = Path(__file__).resolve().parents[1]
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
os.environ.update(
    bare.NAMES,
    AWS_ACCESS_KEY_ID="test",
    AWS_SECRET_ACCESS_KEY="test",
    AWS_DEFAULT_REGION=stack.REGION,
    AWS_ENDPOINT_URL="http://127.0.0.1:9",
    AWS_EC2_METADATA_DISABLED="true",
    POWERTOOLS_METRICS_DISABLED="true",
)


@pytest.fixture(scope="session")
def emulator_place(tmp_path_factory):
    """The local AWS on a port of its own, one for each worker of pytest-xdist."""
    where = emulator.Place(emulator.free_port(), tmp_path_factory.mktemp("aws"))
    if not emulator.PROGRAM.exists():
        pytest.exit("the local AWS is not installed; run the tests with: make test", returncode=3)
    emulator.start(where, retry_seconds=0.1)
    yield where
    emulator.stop(where)


@pytest.fixture(scope="session")
def aws(emulator_place):
    """Make clients of the local AWS: aws("dynamodb")."""
    return stack.local_clients(emulator_place.port)


@pytest.fixture(scope="session")
def services(aws):
    """Keys, queues and buckets that actions need, beside any stack; gives the settings that name them."""
    return bare.services(aws)


@pytest.fixture
def tables(aws, services, emulator_place):
    """The four tables as infra/tables.yaml describes them, empty, with every setting that actions read.

    For what needs real transactions; gives clients, as `aws` does.
    """
    with _empty_tables(aws, services, emulator_place):
        yield aws


@pytest.fixture(scope="module")
def lasting_tables(aws, services, emulator_place):
    """The same for all tests of a file, which leave to each other what they wrote."""
    with _empty_tables(aws, services, emulator_place):
        yield aws


@contextmanager
def _empty_tables(aws, services, place):
    settings = services | bare.SETTINGS | {"AWS_ENDPOINT_URL": place.url}
    with pytest.MonkeyPatch.context() as patched:
        for name, value in settings.items():
            patched.setenv(name, value)
        patched.delenv("CLOCK_OFFSET", raising=False)
        forget()
        bare.create_tables(aws("dynamodb"))
        yield
        for name in bare.TABLES:
            aws("dynamodb").delete_table(TableName=os.environ[name])
        forget()


def forget():
    """Empty every cache of the product's modules, which would carry one test's keys and clients into the next."""
    for name, module in list(sys.modules.items()):
        if name.startswith("chalicelib."):
            for value in vars(module).values():
                if isinstance(value, functools._lru_cache_wrapper):
                    value.cache_clear()


@pytest.fixture(scope="session")
def packaged():
    """The folder with the packaged template and both packages, built once for all workers."""
    return package.build()


@pytest.fixture(scope="session")
def template(packaged):
    """The packaged template, as it is deployed."""
    return package.template(packaged)


@pytest.fixture(scope="session")
def city(packaged, emulator_place):
    """The packaged stack, deployed and prepared: base_url, host_header, api_url, outputs, client(service)."""
    deployed = stack.deploy_local(emulator_place.port, packaged)
    streams.invoke(deployed, "ProjectFunction", {"prepare": True})
    return deployed


@pytest.fixture(scope="session")
def city_with_site(city):
    """The deployed stack with the site in its bucket, for browsers: browser_url."""
    website.build()
    up.upload_site(city)
    return city


@pytest.fixture
def account():
    """A session with the emulator's made-up keys, for stubs that must not call anything."""
    return boto3.Session("test", "test", region_name=stack.REGION)


@pytest.fixture(scope="session")
def chromium():
    """The system's browser. Missing, it is a skip that says what to install; in CI a failure."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    missing = "no Chromium was found; install it (on Debian: apt-get install chromium) to run the browser tests"
    if program is None and os.environ.get("CI"):
        pytest.fail(missing)
    if program is None:
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=BROWSER)
        yield browser
        browser.close()
