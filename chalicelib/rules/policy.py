"""What a region decides for itself: a colour for each ground, by first day (A2, G1)."""

from chalicelib.rules.colour import GROUPS, Colour
from chalicelib.rules.evidence import CATEGORIES, STOP_CODES
from chalicelib.rules.light import Any, Iterable, Mapping, NamedTuple, date

BEYOND_POLICY = dict.fromkeys(("consent-withdrawn", "data-unavailable", "code-stale"), Colour.GREY)
"""Grey everywhere; no region decides about these."""

DECIDED = frozenset(GROUPS) - frozenset(BEYOND_POLICY) | {"both-lapsed"}
"""The grounds that a policy must give a colour, each of them."""


class Policy(NamedTuple):
    """A region's choices from the day `first` on: each ground's colour, the exam grade each service needs.

    A city under it may ask for activation if `city_may_activate`, and give the grounds of `city_may` any colour from
    the region's own up to the one named: never a softer one.
    """

    id: str
    first: date
    activation_required: bool
    colours: Mapping[str, Colour]
    grades: Mapping[str, int]
    city_may: Mapping[str, Colour]
    city_may_activate: bool
    following: "Policy | None" = None

    def at(self, day: date) -> "Policy":
        """Give the version in force on a day; a day before the first version has the first (G1)."""
        policy = self
        while policy.following and policy.following.first <= day:
            policy = policy.following
        return policy


def policy_from(document: Mapping[str, Any]) -> Policy:
    """Read a region's packaged versions (contracts/policy.schema.json), with `service_types` beside them.

    Gives the first version, the later ones following. ValueError for what is not whole or too soft (A2, G1).
    """
    services = document["service_types"]
    grades = {service: CATEGORIES.index(category) for category in services for service in services[category]}
    versions = [_version(document["region"], version, grades) for version in document["versions"]]
    return _chained(sorted(versions, key=lambda version: version.first))


def overridden(policy: Policy, overrides: Iterable[Mapping[str, Any]]) -> Policy:
    """Lay a city's own choices over its region's versions; later {from, overrides} replace earlier ones (G1).

    A choice counts under each version for what that version leaves to cities: a successor may leave them more or less.
    ValueError for a ground that no policy decides, or a colour too soft for any.
    """
    own = [(date.fromisoformat(one["from"]), one["overrides"]) for one in overrides]
    own.sort(key=lambda one: one[0])
    if not own:
        return policy
    starts = {first for first, _ in own} | {version.first for version in _versions(policy)}
    return _chained([_own(policy.at(start), start, own) for start in sorted(starts)])


def _own(version: Policy, start: date, own: list[tuple[date, Mapping[str, Any]]]) -> Policy:
    chosen = [(first, choice) for first, choice in own if first <= start]
    if not chosen:
        return version
    first, choice = chosen[-1]
    colours = _colours(version.id, choice.get("grounds", {})).items()
    return version._replace(
        id=f"{version.id}+{first.isoformat()}",
        first=start,
        activation_required=version.activation_required or (version.city_may_activate and _activates(choice)),
        colours={**version.colours, **{ground: one for ground, one in colours if allows(version, ground, one)}},
    )


def allows(version: Policy, ground: str, colour: Colour) -> bool:
    """Tell whether a version leaves it to a city to give a ground this colour: none softer than its own (G1)."""
    return ground in version.city_may and version.colours[ground] <= colour <= version.city_may[ground]


def _activates(choice: Mapping[str, Any]) -> bool:
    return choice.get("activation_required") is True


def _version(region: str, told: Mapping[str, Any], grades: Mapping[str, int]) -> Policy:
    named = f"{region}@{told['version']}"
    colours = _colours(named, {ground: choice["colour"] for ground, choice in told["grounds"].items()})
    if missing := DECIDED - colours.keys():
        raise ValueError(f"{named} leaves {', '.join(sorted(missing))} open")
    city_may = _colours(named, {ground: one["up_to"] for ground, one in told["city_may"]["grounds"].items()})
    if softer := [ground for ground, colour in city_may.items() if colour <= colours[ground]]:
        raise ValueError(f"{named} leaves cities nothing to choose for {', '.join(sorted(softer))}")
    first = date.fromisoformat(told["from"])
    may_activate = "activation_required" in told["city_may"]
    return Policy(named, first, told["activation_required"], BEYOND_POLICY | colours, grades, city_may, may_activate)


def _colours(named: str, told: Mapping[str, str]) -> dict[str, Colour]:
    """Read colours by ground: never green, and red where the certificate is not in force or unsafe (A2)."""
    colours = {ground: Colour[colour.upper()] for ground, colour in told.items()}
    for ground, colour in colours.items():
        least = Colour.RED if ground in STOP_CODES else Colour.YELLOW
        if ground not in DECIDED or colour < least:
            raise ValueError(f"{named} may not make {ground} {colour.name.lower()}")
    return colours


def _versions(policy: Policy | None) -> Iterable[Policy]:
    while policy:
        yield policy
        policy = policy.following


def _chained(versions: list[Policy]) -> Policy:
    following = None
    for version in reversed(versions):
        following = version._replace(following=following)
    if following is None:
        raise ValueError("a policy needs a version")
    return following
