"""What is done to a city is done to one that is deployed on an account too: STAGE and REGION name it."""

from importlib import import_module

import pytest

NAMES = ["audit", "backup", "invite", "purge", "recount", "reproject"]
NOBODY_THERE = {
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1", "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
}  # fmt: skip
"""An account that refuses every call."""


@pytest.fixture
def asked(monkeypatch, capsys):
    """Runs a command as `make` does, of a stage; gives its exit status and what it says."""

    def run(name, **given):
        for variable in ("CITY", "REGION", "ARCHIVE", "COMPANY", "WORKERS"):
            monkeypatch.setenv(variable, given.get(variable, ""))
        monkeypatch.setenv("STAGE", "prod")
        for variable, value in NOBODY_THERE.items():
            monkeypatch.setenv(variable, value)
        main = import_module(f"scripts.{name}").main
        status = main([]) if name == "purge" else main()
        told = capsys.readouterr()
        return status, told.out + told.err

    return run


@pytest.mark.parametrize("name", NAMES)
def test_a_stage_without_its_region_is_asked_for(asked, name):
    status, told = asked(name)

    assert status == 1
    assert "REGION is missing" in told


@pytest.mark.parametrize("name", NAMES)
def test_with_both_the_account_is_asked_and_its_refusal_said_in_a_line(asked, name):
    status, told = asked(name, REGION="ap-east-1")

    assert status == 1
    assert "AWS refused" in told
