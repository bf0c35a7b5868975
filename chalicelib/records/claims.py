"""Where a uniqueness leads: from a certificate's number to its archive."""

from pynamodb.exceptions import DoesNotExist

from chalicelib.records.tables import RegisterRow


def owner(key: str) -> str | None:
    """Give the owner of a claim, strongly consistent, or None."""
    try:
        return RegisterRow.get(key, "claim", consistent_read=True).body
    except DoesNotExist:
        return None
