"""The stack that a script is to work on: of this machine by PORT and STACK, or of an account by STAGE and REGION."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import boto3

from scripts import stack
from scripts.phases import Refusal


class OnAws(NamedTuple):
    """A stack on a real account, reached with the credentials of whoever runs the script."""

    region: str
    outputs: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        """The settings by which the product's own modules reach the region."""
        return {"AWS_DEFAULT_REGION": self.region}

    @property
    def auth(self) -> dict[str, str]:
        """Who signs the tokens of the stack's own pool."""
        return {"issuer": f"https://cognito-idp.{self.region}.amazonaws.com/{self.outputs['UserPoolId']}"}

    def client(self, service: str) -> Any:
        """Give a client of a service."""
        make: Any = boto3.Session(region_name=self.region).client
        return make(service)


Reached = stack.Stack | OnAws
"""A stack wherever it runs."""


def chosen(given: Mapping[str, str]) -> Reached:
    """Give the stack that the variables ask for. Refusal when there is none."""
    stage, region = given.get("STAGE") or "", given.get("REGION") or ""
    if not stage:
        return stack.local(int(given.get("PORT") or 4566), given.get("STACK") or stack.NAME)
    if not region:
        raise Refusal("REGION is missing: STAGE names a stack of an account, in a region such as ap-east-1")
    name, client = f"{stack.NAME}-{stage}", OnAws(region, {}).client
    if not stack.find(client("cloudformation"), name):
        raise Refusal(f"there is no stack {name} in {region}; deploy it first: make deploy")
    return OnAws(region, stack.outputs(client("cloudformation"), name))
