import pytest

from chalicelib import settings


def test_a_missing_setting_is_named(monkeypatch):
    monkeypatch.delenv("KEY_ID", raising=False)

    with pytest.raises(RuntimeError, match="KEY_ID"):
        settings.required("KEY_ID")
