"""Invite the person of every account in force who has no sign-in in the stack's own user pool; safe to repeat."""

import os
import sys

from botocore.exceptions import BotoCoreError, ClientError

from scripts import reach, restored
from scripts.phases import Refusal, phase, refuse


def main() -> int:
    """Invite; give the exit status."""
    report = restored.Report()
    try:
        stack = reach.chosen(os.environ)
        if "UserPoolId" not in stack.outputs:
            raise Refusal("this stack has no user pool of its own: whoever signs its people in invites them")
        with phase("inviting everybody who has no sign-in"):
            restored.invite(stack, report)
    except Refusal as refusal:
        return refuse(refusal)
    except (BotoCoreError, ClientError) as error:
        return refuse(Refusal(f"AWS refused: {error}"))
    print("\n".join(f"  {line}" for line in report.lines))
    return 1 if report.uninvited else 0


if __name__ == "__main__":
    sys.exit(main())
