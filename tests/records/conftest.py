"""The tables of infra/ on moto: for reads and single writes, which it gets right; transactions are tests/actions."""

import os

import boto3
import pytest
from moto import mock_aws

from chalicelib.records import codes, tables
from scripts import bare
from tests.conftest import forget

MODELS = (tables.RegisterRow, tables.LedgerRow, tables.CodeStop, codes.CodeRow, codes.PlainRow)


def unplug():
    """Let each model make its client anew."""
    forget()
    for model in MODELS:
        model._connection = None


@pytest.fixture
def moto_tables(monkeypatch):
    """The four tables, empty, in memory."""
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    unplug()
    with mock_aws():
        bare.create_tables(boto3.client("dynamodb", region_name=os.environ["AWS_DEFAULT_REGION"]))
        yield
    unplug()
