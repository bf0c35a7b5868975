"""The browser's check without a network, run by Node on the same worked cases as Python's."""

import json
import subprocess
from pathlib import Path

import pytest

from chalicelib.rules import credential
from scripts import website

ROOT = Path(__file__).parents[2]
CONTRACT = ROOT / "contracts" / "offline.json"
CASES = json.loads(CONTRACT.read_text())["cases"]
PROGRAM = """
import { readFileSync } from 'node:fs'
const [source, contract] = process.argv.slice(1).map((path) => readFileSync(path, 'utf8'))
const { REASONS, read } = await import('data:text/javascript,' + encodeURIComponent(source))
const { keys, cases } = JSON.parse(contract)
const told = []
for (const one of cases) told.push(await read(one.text, { keys, statusList: one.status_list, at: new Date(one.at) }))
console.log(JSON.stringify({ told, words: REASONS }))
"""


@pytest.fixture(scope="module")
def answers():
    _, environment = website.node()
    command = ["node", "--input-type=module", "-e", PROGRAM, str(website.PUBLIC / "credential.js"), str(CONTRACT)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("place", range(len(CASES)), ids=[case["name"] for case in CASES])
def test_a_worked_case_is_told_as_it_says(answers, place):
    told, case = answers["told"][place], CASES[place]
    claims = told["claims"] and {name: told["claims"][name] for name in told["claims"] if name != "at"}

    assert (told["colour"], told["reason"], claims) == (case["colour"], case["reason"], case["claims"])


def test_the_words_and_their_order_are_those_of_the_command_line(answers):
    words = {reason: tuple(texts) for reason, texts in answers["words"].items()}

    assert list(words.items()) == list(credential.REASONS.items())
