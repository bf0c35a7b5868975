"""Where a uniqueness leads: from a certificate's number to its archive."""

from pynamodb.exceptions import DeleteError, DoesNotExist

from chalicelib.records.tables import RegisterRow


def owner(key: str) -> str | None:
    """Give the owner of a claim, strongly consistent, or None."""
    try:
        return RegisterRow.get(key, "claim", consistent_read=True).body
    except DoesNotExist:
        return None


def drop(key: str, owner: str) -> bool:
    """Let go of a claim that an owner has; False when it has none of that name."""
    try:
        RegisterRow(key, "claim").delete(condition=RegisterRow.body == owner)
    except DeleteError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True
