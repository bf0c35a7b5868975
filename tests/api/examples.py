"""A body for every route that takes one, right in its form, by the ids of what it is about.

A new route has none here until somebody writes it, and a test says so. `NAMES_NOBODY` are the routes that tell or
make something of the caller's own house, whoever asks.
"""

from datetime import timedelta
from typing import get_args

from chalicelib.outside import clock
from chalicelib.rules.skill import Education, Level
from scripts import demo

TODAY = clock.today()
PAST, LATER = str(TODAY - timedelta(days=3)), str(TODAY + timedelta(days=90))
WHY = {"why": "登记有误（演示）"}
GROUND = {"ground": "管理办法（演示）"}
EXAM = {"category": "一般", "from": PAST, "issuer": "演示医院"}
INSURANCE = {"from": PAST, "until": LATER, "third_party": True, "issuer": "演示保险"}
CSV = demo.as_csv([demo.paper(301, TODAY)])

EXAMPLES = {
    "make_account": lambda ids, at: {
        "email": "x@demo.invalid", "name": "某人", "subject": "iss|new", "role": "company_owner",
        "city": ids["city"], "company": ids["company"],
    },
    "move_account": lambda ids, at: {"revision": at["account"], **GROUND},
    "make_client": lambda ids, at: {
        "role": "platform", "name": "演示平台", "scopes": ["check.ask"], "city": ids["city"],
    },
    "follow_key": lambda ids, at: {"revision": at["client"]},
    "withdraw_key": lambda ids, at: {"revision": at["client"], **GROUND},
    "ask_check": lambda ids, at: {"code": ids["number"]},
    "feed_exam": lambda ids, at: {"certificate": ids["number"], "category": "一般", "from": PAST},
    "feed_insurance": lambda ids, at: {
        "certificate": ids["number"], "from": PAST, "until": LATER, "third_party": True,
    },
    "offer_factor": lambda ids, at: {},
    "confirm_factor": lambda ids, at: {"code": "000000"},
    "check_factor": lambda ids, at: {"code": "000000"},
    "move_report": lambda ids, at: {"revision": 1, **GROUND},
    "file_appeal": lambda ids, at: {"worker": ids["worker"], "subject": "colour", "statement": "体检一直有效"},
    "move_appeal": lambda ids, at: {"revision": at["worker"], **GROUND},
    "open_application": lambda ids, at: {"worker": ids["worker"], "submit": False},
    "move_application": lambda ids, at: {"revision": at["application"]},
    "give_authorisation": lambda ids, at: {"from": str(TODAY), "until": LATER, **GROUND},
    "withdraw_authorisation": lambda ids, at: GROUND,
    "make_background_batch": lambda ids, at: {},
    "close_background_batch": lambda ids, at: GROUND,
    "import_conclusions": lambda ids, at: {"file": "57yW5Y+3LOe7k+iuuixB"},
    "hand_out_background_batch": lambda ids, at: {},
    "copy_worker": lambda ids, at: {},
    "undo_withdrawal": lambda ids, at: WHY,
    "move_batch": lambda ids, at: {
        "move": "accept", "items": [{"application": ids["application"], "revision": at["application"]}],
    },
    "verify_identities": lambda ids, at: {"how": "original", "workers": [ids["worker"]]},
    "open_batch": lambda ids, at: {"workers": [ids["worker"]]},
    "preview_bulk_stop": lambda ids, at: {
        "kind": "company", "names": [ids["company"]], "move": "suspend", "basis": "source", **GROUND,
    },
    "resume_bulk_stop": lambda ids, at: {},
    "decide_bulk_stop": lambda ids, at: {"revision": at["id"], **GROUND},
    "move_certificate": lambda ids, at: {"revision": at["worker"], **GROUND},
    "order_cards": lambda ids, at: {},
    "record_cards": lambda ids, at: {"revision": at["cards"]},
    "open_city": lambda ids, at: {"id": ids["city"], "name": "某某市", "association": "某某协会", "hotline": "12345"},
    "choose_for_city": lambda ids, at: {"from": LATER, "grounds": {"insurance-lapsed": "grey"}, **GROUND},
    "register_company": lambda ids, at: {"name": "演示戊家政（演示）", "credit_code": ids["credit_code"]},
    "see_contact": lambda ids, at: {"purpose": "call-back"},
    "amend_company": lambda ids, at: {
        "revision": at["company"], "district": "演示区", "changed_on": PAST, **GROUND,
    },
    "announce_change": lambda ids, at: {"revision": at["company"], "what": ["name"], "changed_on": PAST},
    "move_company": lambda ids, at: {"revision": at["company"], **GROUND},
    "begin_import": lambda ids, at: {"kind": "workers", "company": ids["company"], "csv": CSV},
    "resume_import": lambda ids, at: {},
    "read_notices": lambda ids, at: {"notices": [ids["notice"]]},
    "decide_proposal": lambda ids, at: {"revision": at["worker"], **GROUND},
    "register_worker": lambda ids, at: {**demo.register(demo.person(302)), "resident_id": ids["resident_id"]},
    "conclude_background": lambda ids, at: {"conclusion": "failed", "checked_on": PAST},
    "give_consent": lambda ids, at: {"given_on": PAST, "text": "2026-1"},
    "withdraw_consent": lambda ids, at: {},
    "add_exam": lambda ids, at: EXAM,
    "amend_exam": lambda ids, at: {**EXAM, **WHY},
    "void_exam": lambda ids, at: WHY,
    "address_file": lambda ids, at: {"kind": "exam", "type": "image/jpeg", "size": 9, "sha256": "0" * 64},
    "take_in_file": lambda ids, at: {},
    "verify_identity": lambda ids, at: {"how": "original"},
    "add_insurance": lambda ids, at: INSURANCE,
    "amend_insurance": lambda ids, at: {**INSURANCE, **WHY},
    "void_insurance": lambda ids, at: WHY,
    "make_phone_page": lambda ids, at: {},
    "erase_worker": lambda ids, at: {"revision": at["worker"], **GROUND},
    "reveal_field": lambda ids, at: {"field": "resident_id", "purpose": "call-back"},
    "correct_identity": lambda ids, at: {
        "revision": at["worker"], "resident_id": demo.person(303).resident_id, "how": "original", **WHY,
    },
    "amend_worker": lambda ids, at: {"revision": at["worker"], "phone": "13900000000", **WHY},
    "set_education": lambda ids, at: {"education": get_args(Education)[0]},
    "add_skill": lambda ids, at: {
        "trade": "养老护理", "level": get_args(Level)[0], "issuer": "演示学校", "got_on": PAST,
    },
    "void_skill": lambda ids, at: WHY,
    "ask_transfer": lambda ids, at: {"worker": ids["worker"], **GROUND},
    "move_transfer": lambda ids, at: {"revision": at["worker"], **GROUND},
    "add_training": lambda ids, at: {"done_on": PAST, "issuer": "演示学校"},
    "void_training": lambda ids, at: WHY,
}  # fmt: skip

NAMES_NOBODY = {
    "ask_check", "make_client",
    "list_accounts", "list_appeals", "list_applications", "list_background_batches", "list_bulk_stops",
    "list_card_batches", "list_certificates", "list_companies", "list_ends", "list_notices", "list_proposals",
    "list_rechecks", "list_reports", "list_transfers", "list_workers", "get_columns", "get_me", "offer_factor",
    "confirm_factor", "check_factor", "get_stats", "give_authorisation", "withdraw_authorisation",
    "make_background_batch", "open_city", "order_cards", "register_company", "register_worker",
}  # fmt: skip

BATCHES = {"move_batch", "verify_identities", "open_batch"}
"""Routes that answer for each item: 200 with a problem in each."""

EVERY_CITY = {
    ("administrator", "get_client"), ("administrator", "follow_key"), ("administrator", "withdraw_key"),
    ("administrator", "get_city"), ("administrator", "choose_for_city"), ("administrator", "move_account"),
    ("province_auditor", "get_city"),
}  # fmt: skip
"""What is no other's: cities and accounts are the administrator's of the stack, settings the province auditor's to see
(CONTRACTS, Roles)."""
