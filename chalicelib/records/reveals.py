"""How often an account did something on a day, such as see what is sealed: `P#{account}`, `R#{day}`; counted up under a
condition."""

from datetime import UTC, date, datetime, timedelta

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.update import Action

from chalicelib.records.tables import RegisterRow


def count(account: str, day: date, *, most: int, mark: str = "R", by: int = 1) -> int | None:
    """Count `by` more of what `mark` stands for (R: reveals, B: files of batches, C: checks), which no two requests
    share; give how many there are now, None when they would be more than `most`."""
    row = RegisterRow(f"P#{account}", f"{mark}#{day}")
    ends = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=3)
    actions: list[Action] = [
        RegisterRow.revision.set((RegisterRow.revision | 0) + by),
        RegisterRow.noun.set("reveals"),
        RegisterRow.ttl.set(int(ends.timestamp())),
    ]
    room = RegisterRow.revision <= most - by
    if by <= most:
        room = RegisterRow.revision.does_not_exist() | room
    try:
        row.update(actions=actions, condition=room)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return None
    return int(row.revision or 0)
