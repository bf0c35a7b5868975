"""Who may do what, and from where: written down a second time, from the sources and not from the code's own tables.

S0 五 (企业初审—协会—公安核验—商务局授权—协会或第三方制证—经企业逐级发放), requirements B1 to B4, C1 to C8, G2.
"""

COMPANY = frozenset({"company_owner", "company_clerk"})
OWNER = frozenset({"company_owner"})
ASSOCIATION = frozenset({"association_manager", "association_clerk"})
MANAGER = frozenset({"association_manager"})
POLICE = frozenset({"police"})
BUREAU = frozenset({"bureau"})
MAKERS = ASSOCIATION | {"print_vendor"}
DECIDERS = MANAGER | BUREAU
STAFF = COMPANY | ASSOCIATION | BUREAU
PAPERS = COMPANY | ASSOCIATION

STEPS: dict[str, dict[str, frozenset[str]]] = {
    "draft": {"submit": COMPANY, "withdraw": COMPANY},
    "returned": {"submit": COMPANY, "withdraw": COMPANY},
    "company_review": {"forward": OWNER, "return": OWNER, "withdraw": COMPANY},
    "association_review": {
        "accept": ASSOCIATION, "return": ASSOCIATION, "refuse": MANAGER, "withdraw": COMPANY, "extend": MANAGER,
    },
    "background": {"clear": POLICE, "return": POLICE, "refuse": POLICE, "withdraw": COMPANY, "extend": MANAGER},
    "authorisation": {
        "authorise": BUREAU, "return": BUREAU, "refuse": BUREAU, "withdraw": COMPANY, "extend": DECIDERS,
    },
    "production": {"produce": MAKERS, "refuse": MANAGER, "extend": MANAGER},
    "handover": {
        "hand-over": ASSOCIATION | OWNER, "deliver": ASSOCIATION, "receive": COMPANY, "refuse": MANAGER,
        "extend": MANAGER,
    },
    "done": {}, "withdrawn": {}, "refused": {},
}  # fmt: skip
LEADS = {
    "submit": "company_review", "forward": "association_review", "accept": "background", "clear": "authorisation",
    "authorise": "production", "produce": "handover", "hand-over": "done", "return": "returned",
    "refuse": "refused", "withdraw": "withdrawn",
}  # fmt: skip
STAYING = ("extend", "deliver", "receive")
"""Steps that leave the application where it is, once there."""
ALL_STEPS = (*LEADS, *STAYING)
FIRST = {"receive": "deliver", "hand-over": "receive", "activate": "receive"}
"""What has to be done first where a company does it (S0 五: 经企业逐级发放)."""
CARD = frozenset({"produce", "deliver", "receive", "hand-over"})
"""Steps of a card, which nobody gets of a certificate that is not in force."""
READY = frozenset({"submit", "forward", "accept", "authorise"})
"""Steps at which every condition of S0 四 has to hold."""
REASONS = {
    "return": frozenset({"exam-failed", "background-failed", "other"}),
    "refuse": frozenset({"exam-failed", "background-failed", "other"}),
    "extend": frozenset({"verification", "other"}),
}
PROCESS_DAYS, EXTENSION_DAYS, REPRINT_DAYS, SECOND_DAYS, APPEAL_DAYS = 7, 10, 5, 3, 5
SHARES = {
    "company_review": 1, "association_review": 2, "background": 1, "authorisation": 1, "production": 1, "handover": 1,
}  # fmt: skip

ISSUED = frozenset({"production", "handover"})
IN_FORCE = frozenset({"issued", "active"})
TURNS: dict[str, dict[str, frozenset[str]]] = {
    "issued": {"activate": ASSOCIATION | OWNER, "suspend": DECIDERS, "lose": STAFF, "revoke": DECIDERS,
               "replace": ASSOCIATION, "review": ASSOCIATION, "renew": DECIDERS},
    "active": {"suspend": DECIDERS, "lose": STAFF, "revoke": DECIDERS, "replace": ASSOCIATION,
               "review": ASSOCIATION, "renew": DECIDERS},
    "suspended": {"resume": DECIDERS, "revoke": DECIDERS},
    "lost": {"revoke": DECIDERS, "replace": ASSOCIATION},
    "revoked": {},
}  # fmt: skip
ALL_TURNS = ("activate", "suspend", "resume", "lose", "revoke", "replace", "review", "renew")
PROPOSED = frozenset({"suspend", "resume", "revoke"})
"""Moves that a second person has to confirm (C8)."""
BASES = {
    "activate": {None}, "lose": {None}, "suspend": {None, "conditions"}, "resume": {None, "cleared"},
    "revoke": {"conditions"},
}  # fmt: skip

COMPANY_TURNS = {
    "asked": {"confirm": "active", "refuse": "refused"}, "active": {"suspend": "suspended"},
    "suspended": {"resume": "active"}, "refused": {},
}  # fmt: skip
MAKES = {
    "administrator": frozenset({"bureau", "association_manager", "association_clerk", "police"}),
    "association_manager": frozenset({"company_owner", "association_clerk"}),
    "company_owner": frozenset({"company_clerk"}),
}
NEEDS = {"保洁": 0, "做饭": 0, "住家保姆": 1, "养老照护": 2, "月嫂": 3}
CATEGORIES = ("一般", "居家", "养老照护", "母婴照护")


def hands(name: str, roles: frozenset[str], done: set[str]) -> frozenset[str]:
    """Those of some roles who may do it now; `done` is what was done where the application is."""
    return roles - COMPANY if name in FIRST and FIRST[name] not in done else roles
