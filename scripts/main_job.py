"""The main job, once, told step by step: from a new worker to a green code, then yellow, then red."""

import json
import re
import time
from datetime import timedelta
from typing import Any

from scripts import seed_cases
from scripts.http_client import Client
from scripts.phases import Refusal
from scripts.seed_city import City

NUMBER = 599


def run(city: City) -> None:
    """Do it over HTTP as each role and the public; Refusal when anything is not as it should be."""
    print("  the main job, once:")
    public = city.public()
    worker = seed_cases.registered(city, NUMBER)
    _tell("企业登记人员，录入体检、含第三者责任的保险、培训、授权书；协会核验人证合一")
    seed_cases.along(city, worker["id"], "done")
    worker = city.as_("owner0").get(f"/api/workers/{worker['id']}")
    certificate = worker["certificate"]
    _tell(f"申请 → 协会审核 → 公安核查 → 商务局授权 → 制证 → 发放：证书 …{certificate['number'][-4:]}")
    answer = city.expect(public, certificate["token"], "green")
    dates = {name: check.get("until") or check.get("checked_on") for name, check in answer["checks"].items()}
    _tell(f"扫码：绿色；各项有效期 {json.dumps(dates, ensure_ascii=False)}")
    _confirm(public, certificate["token"], answer["visit"]["nonce"])
    began = time.monotonic()
    _end_exam(city, worker)
    answer = city.expect(public, certificate["token"], "yellow")
    _tell(f"体检改为昨天到期：{time.monotonic() - began:.1f} 秒后变黄（{answer['reasons'][0]['text']}）")
    seed_cases.certificate_move("suspend")(city, worker)
    answer = json.loads(public.raw("GET", f"/v/{certificate['token']}", Accept="application/json")[2])
    if answer["colour"] != "red":
        raise Refusal(f"a suspended certificate's very next check said {answer['colour']}")
    _tell(f"证书暂停：下一次查验立即变红（{answer['reasons'][0]['text']}）")


def _confirm(public: Client, token: str, nonce: str) -> None:
    body = json.dumps({"nonce": nonce}).encode()
    status, _, told = public.raw(
        "POST", f"/v/{token}/visits", body, Accept="application/json", Content_Type="application/json"
    )
    if status != 201:
        raise Refusal(f"confirming entry was refused: {status} {told.decode()}")
    link = re.sub(r"/visits/.*", "/visits/…", json.loads(told).get("url", ""))
    _tell(f"住户确认入户：{status}，得到专属链接 {link}")


def _end_exam(city: City, worker: dict[str, Any]) -> None:
    exam = worker["exams"][0]
    body = {
        "category": exam["category"], "from": exam["from"], "until": str(city.today - timedelta(days=1)),
        "issuer": exam["issuer"], "why": "演示：体检昨天到期",
    }  # fmt: skip
    city.as_("owner0").post(f"/api/workers/{worker['id']}/exams/{exam['id']}/amend", body)


def _tell(text: str) -> None:
    print(f"    · {text}", flush=True)
