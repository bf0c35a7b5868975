"""The kinds of values that people send: each checked, with its fault in a clerk's words."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.outside import clock
from chalicelib.rules import numbers


def _resident_id(text: str) -> str:
    faults = numbers.resident_id_faults(text, clock.today())
    if faults:
        raise PydanticCustomError(faults[0].code, "；".join(fault.message for fault in faults))
    return text.upper()


def _credit_code(text: str) -> str:
    if not numbers.credit_code_ok(text):
        raise PydanticCustomError("credit-code", "统一社会信用代码不正确：请核对营业执照上的 18 位代码")
    return text.upper()


def _phone(text: str) -> str:
    if not numbers.phone_ok(text):
        raise PydanticCustomError("phone", "手机号应为 1 开头的 11 位数字")
    return text


def _sane(day: date) -> date:
    if not EARLIEST <= day <= clock.today() + LATEST:
        raise PydanticCustomError("out-of-range", "日期不合理：请核对年份")
    return day


def _past(day: date) -> date:
    if day > clock.today():
        raise PydanticCustomError("in-future", "日期不能晚于今天")
    return _sane(day)


def _impersonal(text: str) -> str:
    if numbers.names_a_number(text):
        raise PydanticCustomError("personal-number", "请勿在此填写证件号码或手机号：这段文字会长期留存")
    return text


EARLIEST = date(2000, 1, 1)
LATEST = timedelta(days=366 * 10)
Day = Annotated[date, AfterValidator(_sane)]
Past = Annotated[date, AfterValidator(_past)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Receipt = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40), AfterValidator(_impersonal)
]
Reasoning = Annotated[Text, AfterValidator(_impersonal)]
Statement = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=4, max_length=1000), AfterValidator(_impersonal)
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=40)]
ResidentId = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_resident_id)]
CreditCode = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_credit_code)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_phone)]
Telephone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9+() -]{6,24}$")]
Email = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,}$")]
ServiceType = Literal[
    "保洁", "做饭", "钟点工", "居家保姆", "住家保姆", "养老照护", "病患陪护", "母婴照护", "月嫂", "育婴", "家电清洗",
    "搬家", "维修",
]  # fmt: skip
ServiceTypes = Annotated[tuple[ServiceType, ...], Field(min_length=1, max_length=8)]


def distinct(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Let a list through that names nothing twice."""
    if len(set(ids)) < len(ids):
        raise PydanticCustomError("twice", "同一批中有重复项，请每项只列一次")
    return ids


Ids = Annotated[tuple[Text, ...], Field(min_length=1, max_length=100), AfterValidator(distinct)]
