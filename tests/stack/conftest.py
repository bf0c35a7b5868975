"""The packaged template, worked out for production, for AWS China and for the local stack."""

import pytest

from scripts.render import rendered
from tests.stack import rights


@pytest.fixture(scope="session")
def prod(template):
    return rendered(template, rights.PROD)


@pytest.fixture(scope="session")
def china(template):
    return rendered(template, rights.CHINA, partition="aws-cn", region="cn-north-1")


@pytest.fixture(scope="session")
def local(template):
    return rendered(template, rights.LOCAL, account="000000000000")
