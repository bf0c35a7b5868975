"""What a running city has: accounts by role, a code of each colour to scan, and a code for every reason to open."""

from typing import Any

import segno

from scripts import demo

COLOURS = {"green": "绿 green", "yellow": "黄 yellow", "red": "红 red", "grey": "灰 grey"}


def city(told: dict[str, Any], by_reason: dict[str, dict[str, Any]]) -> None:
    """Print the accounts and the codes of .local/city.json, and the codes by reason."""
    print("\n  demo accounts (made up; sign in at the admin page; those of the two small cities are in city.json)")
    for account in told["accounts"]:
        if account["city"] in {None, demo.NINGBO.id}:
            print(f"    {account['role']:<20} {account['username']:<34} {account['password']}")
    for colour, name in COLOURS.items():
        code = told["codes"].get(colour)
        if code:
            print(f"\n  {name}  {code['url']}")
            segno.make(code["url"], mode="alphanumeric", error="q", micro=False).terminal(compact=True, border=2)
    print("\n  a code for every reason (open it in a browser)")
    for reason, one in by_reason.items():
        print(f"    {one['colour']:<7} {reason:<24} {one['url'] or NOT_KEPT}")


NOT_KEPT = "told while the store was shut to the check for a moment; no code keeps telling it"
