"""The command that checks a code without a network."""

import json
from pathlib import Path

import pytest

from scripts import offline_check

CONTRACT = json.loads((Path(__file__).parents[2] / "contracts" / "offline.json").read_text())
CASES = {case["name"]: case for case in CONTRACT["cases"]}


def run(folder, name, capsys):
    case = CASES[name]
    keys, listed = folder / "keys.json", folder / "list.json"
    keys.write_text(json.dumps(CONTRACT["keys"]))
    listed.write_text(json.dumps({"city": "330200", "status_list": case["status_list"]}))
    status = offline_check.main([case["text"], "--keys", str(keys), "--list", str(listed), "--at", case["at"]])
    return status, capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("green, from the whole address", 0, "绿码"),
        ("yellow, with a photo hash", 1, "黄码"),
        ("a list of 25 hours", 2, "状态表已超过 24 小时"),
        ("altered claims", 2, "不能确认"),
        ("no status list", 2, "没有该城市的状态表"),
    ],
)
def test_it_tells_the_colour_in_its_exit_status_and_in_words(tmp_path, capsys, name, status, said):
    found, out = run(tmp_path, name, capsys)

    assert found == status
    assert said in out


def test_it_always_says_that_a_copy_passes(tmp_path, capsys):
    assert "与照片核对" in run(tmp_path, "green, from the whole address", capsys)[1]


def test_what_was_altered_shows_nobody(tmp_path, capsys):
    assert "王*芳" not in run(tmp_path, "altered claims", capsys)[1]


def test_an_instant_without_its_zone_is_refused(tmp_path):
    with pytest.raises(SystemExit):
        offline_check.main(["x", "--keys", "k", "--at", "2026-11-21T13:00"])
