"""Work a template out for one partition: its conditions decided, its pseudo-parameters filled in.

What names another resource (Ref, GetAtt, ${...} of one) is left as it is. Tests and cfn-lint read the result.
"""

import re
from collections.abc import Mapping
from typing import Any

SUFFIXES = {"aws": "amazonaws.com", "aws-cn": "amazonaws.com.cn"}
_ABSENT = object()
_NAMED = re.compile(r"\$\{([^}!]+)\}")


class _Renderer:
    """The values and conditions of one rendering."""

    def __init__(self, template: Mapping[str, Any], values: Mapping[str, str]) -> None:
        self.values = values
        self.written = template.get("Conditions", {})
        self.resources = template["Resources"]

    def holds(self, condition: str) -> bool:
        """Decide a condition by its name."""
        return bool(self.value(self.written[condition]))

    def wanted(self, entry: Mapping[str, Any]) -> bool:
        """Tell whether a resource or an output is there at all."""
        return "Condition" not in entry or self.holds(entry["Condition"])

    def value(self, node: Any) -> Any:
        """Work one part of the template out; _ABSENT for AWS::NoValue."""
        if isinstance(node, list):
            return [one for one in map(self.value, node) if one is not _ABSENT]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            name, inner = next(iter(node.items()))
            if name == "Condition" and isinstance(inner, str) and inner in self.written:
                return self.holds(inner)
            if name in _FUNCTIONS:
                return _FUNCTIONS[name](self, inner)
        worked = {name: self.value(inner) for name, inner in node.items()}
        return {name: inner for name, inner in worked.items() if inner is not _ABSENT}

    def ref(self, name: str) -> Any:
        """Give a parameter's or pseudo-parameter's value; a resource stays a reference."""
        if name == "AWS::NoValue":
            return _ABSENT
        return self.values.get(name, {"Ref": name})

    def sub(self, inner: Any) -> Any:
        """Fill in what is known; a text in which a resource is left stays an Fn::Sub."""
        text, extra = (inner, {}) if isinstance(inner, str) else inner
        known = {**self.values, **{name: self.value(one) for name, one in extra.items()}}
        filled = _NAMED.sub(lambda m: known[m[1]] if isinstance(known.get(m[1]), str) else m[0], text)
        left = {name: known[name] for name in _NAMED.findall(filled) if name in known}
        if left:
            return {"Fn::Sub": [filled, left]}
        return {"Fn::Sub": filled} if _NAMED.search(filled) else filled

    def choice(self, inner: list[Any]) -> Any:
        """Take one branch of Fn::If."""
        return self.value(inner[1] if self.holds(inner[0]) else inner[2])


_FUNCTIONS: dict[str, Any] = {
    "Ref": lambda renderer, inner: renderer.ref(inner),
    "Fn::Sub": lambda renderer, inner: renderer.sub(inner),
    "Fn::If": lambda renderer, inner: renderer.choice(inner),
    "Fn::Equals": lambda renderer, inner: str(renderer.value(inner[0])) == str(renderer.value(inner[1])),
    "Fn::Not": lambda renderer, inner: not renderer.value(inner[0]),
    "Fn::And": lambda renderer, inner: all(renderer.value(one) for one in inner),
    "Fn::Or": lambda renderer, inner: any(renderer.value(one) for one in inner),
}


def rendered(
    template: Mapping[str, Any],
    parameters: Mapping[str, str],
    *,
    partition: str = "aws",
    region: str = "us-east-1",
    account: str = "123456789012",
) -> dict[str, Any]:
    """Give the resources and outputs that the parameters call for in a partition, worked out."""
    values = {
        name: str(parameters.get(name, told.get("Default", "")))
        for name, told in template["Parameters"].items()
    }
    values |= {
        "AWS::Partition": partition,
        "AWS::Region": region,
        "AWS::URLSuffix": SUFFIXES[partition],
        "AWS::AccountId": account,
        "AWS::StackName": "anxinma",
    }
    renderer = _Renderer(template, values)
    whole = {name: template[name] for name in ("AWSTemplateFormatVersion", "Transform") if name in template}
    for section in ("Resources", "Outputs"):
        entries = {name: dict(entry) for name, entry in template[section].items()}
        kept = {name: one for name, one in entries.items() if renderer.wanted(one)}
        for entry in kept.values():
            entry.pop("Condition", None)
        whole[section] = {name: renderer.value(entry) for name, entry in kept.items()}
    return whole


def broken_rules(template: Mapping[str, Any], parameters: Mapping[str, str]) -> list[str]:
    """List what the template's rules say against a choice of parameters."""
    values = {
        name: str(parameters.get(name, told.get("Default", "")))
        for name, told in template["Parameters"].items()
    }
    renderer = _Renderer(template, values)
    rules = [rule for rule in template["Rules"].values() if renderer.value(rule.get("RuleCondition", True))]
    wanted = [one for rule in rules for one in rule["Assertions"]]
    return [one["AssertDescription"] for one in wanted if not renderer.value(one["Assert"])]
