"""What a running city has: accounts by role, and a code of each colour to scan from the terminal."""

from typing import Any

import segno

COLOURS = {"green": "绿 green", "yellow": "黄 yellow", "red": "红 red", "grey": "灰 grey"}


def city(told: dict[str, Any]) -> None:
    """Print the accounts and the codes of .local/city.json."""
    print("\n  demo accounts (made up; sign in at the admin page)")
    for account in told["accounts"]:
        print(f"    {account['role']:<20} {account['username']:<34} {account['password']}")
    for colour, name in COLOURS.items():
        code = told["codes"].get(colour)
        if code:
            print(f"\n  {name}  {code['url']}")
            segno.make(code["url"], mode="alphanumeric", error="q", micro=False).terminal(compact=True, border=2)
