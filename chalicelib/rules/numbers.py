"""Shape and check character of every number issued or accepted (A5, B1, B3, C6), and a name masked (A4).

Light: the public check imports this. Messages never repeat the number they are about.
"""

from chalicelib.rules.light import Iterable, NamedTuple, date

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUE = {character: value for value, character in enumerate(_ALPHANUMERIC)}
_BITS = {character: value for value, character in enumerate(CROCKFORD)}
_WITHOUT_SPARE_BITS = CROCKFORD[::4].encode()
_READ = bytes.maketrans(b"abcdefghijklmnopqrstuvwxyzOIL", b"ABCDEFGH1JK1MN0PQRSTUVWXYZ011")
# the steps of _hybrid for MOD 37,36, by character and product; a product is never 0, which stands for no token
_NEXT = ([(total % 36 or 36) * 2 % 37 for total in range(36)]) * 2
_STEPS = [[0] * 37] * 128
for _character in CROCKFORD:
    _STEPS[ord(_character)] = [0, *_NEXT[_VALUE[_character] + 1 : _VALUE[_character] + 37]]
_PAIRS: list[str] = []
_SPOKEN = str.maketrans("０１２３４５６７８９", "0123456789", " -　－")
_CREDIT = {character: value for value, character in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_PROVINCES = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 "
_PERMITS = ("810000", "820000", "830000")
WORKING_AGE = 16
"""Years of age from which a person may be employed (劳动法 15)."""

ID_FAULTS = {
    "id-length": "证件号码应为 18 位（2023 年前的外国人永久居留身份证为 15 位）",
    "id-characters": "证件号码只能由数字组成，末位可以是 X",
    "id-region": "证件号码的地区代码不存在",
    "id-date": "证件号码中的出生日期不存在",
    "id-future": "证件号码中的出生日期晚于今天",
    "id-age": "未满 16 周岁，不能从业",
    "id-check": "证件号码校验位不符，请核对每一位",
}
_SURNAMES = (
    " 欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 "
    " 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 "
    " 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 "
    " 东门 西门 南荣 第五 贺兰 完颜 耶律 "
)


class IdFault(NamedTuple):
    """One thing wrong with a document number: a stable code and words for a clerk."""

    code: str
    message: str


def make_token(random: bytes) -> str:
    """Write 128 random bits as a token: 26 Crockford characters and a check character (A1, DESIGN 4)."""
    if len(random) != 16:
        raise ValueError("a token is made of 16 bytes")
    body = crockford(int.from_bytes(random, "big") << 2, 26)
    return body + _ALPHANUMERIC[_hybrid([_VALUE[character] for character in body], 36)]


def read_token(text: str) -> str | None:
    """Give the canonical token of what was typed or scanned, None when it cannot be one (A4, DESIGN 4).

    Letters in either case; O, I and L are read as digits in the first 26 only.
    """
    if len(text) != 27 or not text.isascii():
        return None
    body, steps, product = text[:26].encode().translate(_READ), _STEPS, 36
    for character in body:
        product = steps[character][product]
    if not product or body[25] not in _WITHOUT_SPARE_BITS:
        return None
    check = _ALPHANUMERIC[(1 - product) % 36]
    return body.decode() + check if text[26].upper() == check else None


def crockford(number: int, length: int) -> str:
    """Write a number in that many Crockford characters of five bits, the highest first (DESIGN 4)."""
    if not _PAIRS:  # at first use: the check's import is counted
        _PAIRS.extend([first + second for first in CROCKFORD for second in CROCKFORD])
    text = ""
    for place in range((length - 1) // 6 * 30, -30, -30):
        six = number >> place & 0x3FFFFFFF
        text += f"{_PAIRS[six >> 20]}{_PAIRS[six >> 10 & 1023]}{_PAIRS[six & 1023]}"
    return text[-length:]


def make_number(region: str, year: int, eight_digits: str) -> str:
    """Make a certificate number: region, year, eight random digits, check digit (C6, DESIGN 4)."""
    body = f"{region}{year % 100:02d}{eight_digits}"
    if len(region) != 6 or len(body) != 16 or not (body.isascii() and body.isdigit()):
        raise ValueError("a certificate number is made of six digits of region and eight more")
    return body + str(_hybrid(map(int, body), 10))


def read_number(text: str) -> str | None:
    """Give the certificate number that was read out or typed, without spaces and hyphens, or None (A5)."""
    number = text.translate(_SPOKEN)
    return number if number_ok(number) else None


def number_ok(text: str) -> bool:
    """Tell whether 17 digits end in the check digit of the 16 before (C6, ISO 7064 MOD 11,10)."""
    if len(text) != 17 or not (text.isascii() and text.isdigit()):
        return False
    return text[16] == str(_hybrid(map(int, text[:16]), 10))


def resident_id_faults(text: str, on: date) -> list[IdFault]:
    """Name every fault of a person's document number on a day; empty when there is none (B1).

    Resident IDs, permits of Hong Kong, Macao and Taiwan residents (81, 82, 83), cards of foreign permanent
    residents: 18 characters from 9 on, or the older three letters and twelve digits, check digit untested.
    """
    text = text.upper()
    codes = _card_faults(text, on) if text[:3].isalpha() and len(text) == 15 else _id_faults(text, on)
    return [IdFault(code, ID_FAULTS[code]) for code in codes]


def credit_code_ok(text: str) -> bool:
    """Tell whether this is a unified social credit code (GB 32100-2015, B3); letters in either case."""
    text = text.upper()
    if len(text) != 18 or not _CREDIT.keys() >= set(text) or not text[2:8].isdigit():
        return False
    total = sum(_CREDIT[character] * pow(3, place, 31) for place, character in enumerate(text[:17]))
    return _CREDIT[text[17]] == -total % 31


def phone_ok(text: str) -> bool:
    """Tell whether this has the shape of a mainland mobile number, 1[3-9] and nine more digits (B1)."""
    return len(text) == 11 and text.isascii() and text.isdigit() and text[0] == "1" and text[1] > "2"


def names_a_number(text: str) -> bool:
    """Tell whether free words hold what looks like a resident ID or a mobile number (DESIGN 2.7): kept for long, such
    words are no place for one."""
    run = ""
    for mark in text + " ":
        if mark.isdecimal() or (mark in "Xx" and len(run) == 17):
            run += mark
            continue
        if len(run) == 18 or (len(run) == 11 and run[0] == "1" and run[1] in "3456789"):
            return True
        run = ""
    return False


def mask_name(name: str) -> str:
    """Hide a name but for surname and last character: 王*芳, 欧阳*, 阿*·买*, M* S* (A4)."""
    between, pieces = _pieces(name)
    if between:
        return between.join([piece[:1] + "*" for piece in pieces])
    family = surname(name)
    given = pieces[0][len(family) :]
    if len(given) < 2:
        return family + "*" if given else "*"
    return family + "*" * (len(given) - 1) + given[-1]


def surname(name: str) -> str:
    """Give the surname by which a certificate is looked up (A5): 王, 欧阳, 阿依古丽 of a dotted one, Li."""
    between, pieces = _pieces(name)
    if between:
        return pieces[-1] if between == " " else pieces[0]
    name = pieces[0]
    return name[: 2 if len(name) > 2 and _listed(name[:2], _SURNAMES) else 1]


def _pieces(name: str) -> tuple[str, list[str]]:
    """Take a name apart: at its dots, else at the spaces unless it is Chinese, which spaces do not divide."""
    dotted = name.replace("•", "·").replace("．", "·").split("·")
    if len(dotted) > 1:
        return "·", [piece.strip() for piece in dotted]
    words = name.split()
    if any(word[0] < "⺀" for word in words):
        return " ", words
    return "", ["".join(words)]


def _listed(word: str, words: str) -> bool:
    return f" {word} " in words


def _hybrid(values: Iterable[int], modulus: int) -> int:
    """Give the check value of an ISO 7064 hybrid system, MOD modulus + 1, modulus."""
    product = modulus
    for value in values:
        total = (product + value) % modulus or modulus
        product = total * 2 % (modulus + 1)
    return (1 - product) % modulus


def _id_faults(text: str, on: date) -> list[str]:
    if len(text) != 18:
        return ["id-length"]
    if not (text.isascii() and text[:17].isdigit() and text[17] in "0123456789X"):
        return ["id-characters"]
    product = 0
    for digit in text[:17]:
        product = (product + int(digit)) * 2 % 11
    right = "0123456789X"[(1 - product) % 11]
    province = text[1:3] if text[0] == "9" else text[:2]
    known = text[:6] in _PERMITS or _listed(province, _PROVINCES)
    faults = [] if known else ["id-region"]
    faults += _birth_faults(text[6:10], text[10:14], on)
    return faults if text[17] == right else [*faults, "id-check"]


def _card_faults(text: str, on: date) -> list[str]:
    if not (text.isascii() and text[3:].isdigit()):
        return ["id-characters"]
    faults = [] if _listed(text[3:5], _PROVINCES) else ["id-region"]
    # two digits of the year: this century unless that lies ahead
    century = "20" if int(text[7:9]) <= on.year % 100 else "19"
    return faults + _birth_faults(century + text[7:9], text[9:13], on)


def _birth_faults(year: str, day: str, on: date) -> list[str]:
    try:
        born = date(int(year), int(day[:2]), int(day[2:]))
    except ValueError:
        return ["id-date"]
    if born > on:
        return ["id-future"]
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return [] if age >= WORKING_AGE else ["id-age"]
