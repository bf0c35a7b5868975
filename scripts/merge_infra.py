"""Join infra/*.yaml into the one template that `chalice package --merge-template` takes."""

import json
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms such as !Ref."""


def _long_form(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> dict[str, Any]:
    """Write a short form out in full."""
    name = tag if tag in {"Ref", "Condition"} else f"Fn::{tag}"
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        return {name: value.split(".", 1) if tag == "GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)  # noqa: S101 - YAML has these three kinds and no more
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _long_form)


def load(path: Path) -> dict[str, Any]:
    """Read one template with its short forms written out in full."""
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
    return loaded


def merged(folder: Path = ROOT / "infra") -> dict[str, Any]:
    """Join every template of a folder. ValueError when two of them say different things of one name."""
    whole: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        for section, entries in load(path).items():
            known = whole.setdefault(section, {})
            if twice := known.keys() & entries.keys():
                raise ValueError(f"{path.name} says {section} {', '.join(sorted(twice))} again")
            known.update(entries)
    # through JSON and back, so that YAML's shared anchors become copies
    copied: dict[str, Any] = json.loads(json.dumps(whole))
    return copied


if __name__ == "__main__":
    json.dump(merged(), sys.stdout, indent=1, ensure_ascii=False)
