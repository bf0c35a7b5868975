"""Who may do what to which record (G2). `MAY` is the whole truth about roles; `sees` about tenants."""

from chalicelib.rules.account import Account
from chalicelib.rules.errors import Missing, NotPermitted

COMPANY = frozenset({"company_owner", "company_clerk"})
ASSOCIATION = frozenset({"association_manager", "association_clerk"})
REVIEWERS = ASSOCIATION | {"bureau"}
STAFF = REVIEWERS | COMPANY
MACHINES = frozenset({"feed", "platform"})
EVERYONE = STAFF | {
    "administrator",
    "province_auditor",
    "police",
    "hotline",
    "print_vendor",
    *MACHINES,
}

MAY: dict[str, frozenset[str]] = {
    "account.own": EVERYONE,
    "factor.own": EVERYONE - MACHINES,
    "account.see": frozenset({"administrator", "association_manager", "company_owner"}),
    "account.make": frozenset({"administrator", "association_manager", "company_owner"}),
    "city.set": frozenset({"administrator"}),
    "client.make": frozenset({"administrator", "association_manager"}),
    "check.ask": frozenset({"platform"}),
    "exam.feed": frozenset({"feed"}),
    "insurance.feed": frozenset({"feed"}),
    "authorisation.give": frozenset({"bureau"}),
    "city.see": frozenset({"administrator", "province_auditor"}) | STAFF,
    "company.register": ASSOCIATION,
    "company.see": STAFF,
    "company.list": REVIEWERS,
    "company.amend": frozenset({"association_manager", "company_owner"}),
    "company.announce": COMPANY | ASSOCIATION,
    "company.decide": frozenset({"association_manager"}),
    "worker.register": COMPANY,
    "worker.see": STAFF | {"police"},
    "readiness.see": STAFF,
    "worker.reveal": STAFF,
    "view.see": STAFF,
    "worker.copy": COMPANY | ASSOCIATION,
    "worker.amend": COMPANY | ASSOCIATION,
    "worker.erase": frozenset({"association_manager"}),
    "evidence.add": COMPANY | ASSOCIATION,
    "file.see": STAFF,
    "identity.verify": ASSOCIATION,
    "identity.correct": ASSOCIATION,
    "background.conclude": frozenset({"police"}),
    "background.send": ASSOCIATION,
    "background.file": frozenset({"police"}),
    "background.see": ASSOCIATION | {"police"},
    "end.see": STAFF,
    "recheck.see": STAFF | {"police"},
    "phone-page.make": COMPANY | ASSOCIATION,
    "import.make": COMPANY | ASSOCIATION,
    "import.see": COMPANY | ASSOCIATION | {"police"},
    "application.open": COMPANY,
    "application.see": STAFF | {"police", "print_vendor"},
    "application.move": STAFF | {"police", "print_vendor"},
    "certificate.see": STAFF | {"hotline", "print_vendor"},
    "certificate.list": REVIEWERS,
    "certificate.move": STAFF,
    "transfer.see": STAFF,
    "transfer.move": COMPANY | ASSOCIATION,
    "proposal.see": REVIEWERS,
    "proposal.decide": frozenset({"association_manager", "bureau"}),
    "appeal.file": COMPANY | ASSOCIATION,
    "appeal.see": STAFF,
    "appeal.move": STAFF,
    "notice.see": COMPANY | ASSOCIATION,
    "card_batch.order": ASSOCIATION,
    "card_batch.made": ASSOCIATION | {"print_vendor"},
    "card_batch.see": ASSOCIATION | {"print_vendor"},
    "card.see": ASSOCIATION | {"print_vendor"},
    "phone.see": ASSOCIATION | COMPANY,
    "bulk_stop.see": REVIEWERS,
    "bulk_stop.decide": frozenset({"association_manager", "bureau"}),
    "report.see": REVIEWERS | {"province_auditor"},
    "stats.see": REVIEWERS | {"province_auditor"},
    "report.move": ASSOCIATION | {"province_auditor"},
    "audit.see": frozenset({"association_manager", "bureau"}),
}  # fmt: skip


def rights(account: Account) -> frozenset[str]:
    """Name everything that the account may do: what its role may, of which a machine has only its scopes."""
    return frozenset(what for what, roles in MAY.items() if account.role in roles and _scoped(account, what))


def permit(account: Account, what: str) -> None:
    """Let the account do `what`, or refuse: NotPermitted."""
    if account.role not in MAY[what] or not _scoped(account, what):
        raise NotPermitted("您的角色无权进行此操作；如确需办理，请联系管理员", rule="role-may-not")


def _scoped(account: Account, what: str) -> bool:
    return account.role not in MACHINES or what == "account.own" or what in account.scopes


def city_of(account: Account) -> str:
    """Give the account's city; NotPermitted for an account of no city (administrator, province auditor)."""
    if account.city is None:
        raise NotPermitted("该账号不属于任何城市，不能查看或办理城市业务", rule="no-city")
    return account.city


def sees_application(account: Account, *states: str) -> bool:
    """Tell whether an application in any of some states is the role's business: the print vendor makes cards (G2)."""
    return account.role != "print_vendor" or not {"production", "handover"}.isdisjoint(states)


def sees(account: Account, *, city: str, company: str | None) -> None:
    """Refuse as if it did not exist (Missing) what belongs to another city or another company."""
    foreign_company = account.role in COMPANY and (company is None or account.company != company)
    if account.city != city or foreign_company:
        raise Missing


def another_person(by: Account, id: str, name: str) -> bool:
    """Tell whether an account is a second person beside the one of an id and name (C8): a person's other account, which
    the name gives away, is not."""
    return by.id != id and not (by.name and by.name == name)
