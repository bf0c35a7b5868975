"""The authorizer: a Lambda of its own that checks the token of each signed-in request.

It says who it is (`iss|sub`), by which sign-in and since when, and nothing more: role, city and company come from our
own account record, which the staff function reads on each request (CONTRACTS: Sign-in). A machine's key is hashed here
and judged there: this function reads no table.
"""

from aws_lambda_powertools import Logger
from chalice.app import AuthRequest, AuthResponse, AuthRoute, Blueprint

from chalicelib.outside import tokens
from chalicelib.rules import client
from chalicelib.rules.errors import NotPermitted

MACHINES_OWN: list[str | AuthRoute] = ["/api/me", "/api/checks", "/api/feeds/*"]
authorizers = Blueprint(__name__)
_logger = Logger(service="authorizer")


@authorizers.authorizer(ttl_seconds=60)
def staff(request: AuthRequest) -> AuthResponse:
    """Let the bearer of a good access token through to every route; what it may do there is the account's."""
    if shown := client.presented(request.token):
        _logger.info("a machine's key, judged by who reads its account")
        return AuthResponse(routes=MACHINES_OWN, principal_id=f"{client.PREFIX}{shown.id}", context={"key": shown.hash})
    try:
        bearer = tokens.read(request.token)
    except NotPermitted as refusal:
        _logger.info("refused", rule=refusal.rule)
        raise Exception("Unauthorized") from None
    _logger.info("let through")
    context = {"session": bearer.session, "since": str(bearer.since)}
    return AuthResponse(routes=["*"], principal_id=bearer.subject, context=context)
