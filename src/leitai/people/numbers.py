"""Personal numbers and names as people type them, brought into the one form that is kept.

`parse_…` refuses what cannot be right and says the mend; `normalise` only tidies, for looking a
number up. Errors never carry the number itself: they end in logs and on pages.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from leitai.kernel.errors import DomainError

NAME_LIMIT: Final = 50
STAFF_LIMIT: Final = 32
BANK_DIGITS: Final = range(12, 31)
ID_LENGTH: Final = 18
TAIL: Final = 6
BANK_NAME: Final = 60
OLDEST: Final = 1900
_ID: Final = re.compile(r"[0-9]{17}[0-9X]")
_PHONE: Final = re.compile(r"1[3-9][0-9]{9}")
_PREFIX: Final = re.compile(r"(\+|00)86(?=1[0-9]{10}$)")
_STAFF: Final = re.compile(r"[0-9A-Z]+(-[0-9A-Z]+)*")
_BANK: Final = re.compile(r"[0-9]+")
# GB 11643: weights of the seventeen digits, and the check letter of each remainder.
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
# Of an ID number only the region: its last six are what a unit's slip asks.
_SHOWN: Final = {"id_number": (6, 0), "phone": (3, 4), "bank_account": (0, 4)}
_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DOTS: Final = re.compile(rf"(?<=[{_HAN}])\s*[.·•‧∙⋅・･．﹒᛫⸱]+\s*(?=[{_HAN}])")
_INNER_BLANKS: Final = re.compile(rf"(?<=[{_HAN}·])\s+|\s+(?=[{_HAN}·])")
# Rare characters that GB 18030 of 2000 and 2005 put into the private area, where they stand now.
_SINCE_STANDARD: Final = {
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE831: 0x215D7,
    0xE832: 0x9FB8,
    0xE83B: 0x2298F,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE855: 0x241FE,
    0xE864: 0x9FBB,
}


def parse_id_number(text: str) -> str:
    """18 characters with a true check digit and a true day of birth; the region is not judged."""
    number = normalise("id_number", text)
    if not _ID.fullmatch(number):
        raise DomainError("id_number_form", length=ID_LENGTH)
    if birth_of(number) is None:
        raise DomainError("id_number_birth")
    if number[-1] != check_digit(number[:-1]):
        raise DomainError("id_number_check")
    return number


def check_digit(seventeen: str) -> str:
    """The eighteenth character that GB 11643 gives to the first seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def birth_of(id_number: str) -> date | None:
    """The day of birth that stands in an ID number; None if there is no such day."""
    digits = id_number[6:14]
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day if day.year >= OLDEST else None


def birth_text(id_number: str) -> str:
    """The day of birth as text, of which a digest is kept."""
    return str(birth_of(id_number))


def tail_of(id_number: str) -> str:
    """The last six, with which people of a unit name themselves."""
    return id_number[-TAIL:]


def parse_phone(text: str) -> str:
    """A mobile number of the mainland, eleven digits."""
    number = normalise("phone", text)
    if not _PHONE.fullmatch(number):
        raise DomainError("phone_form")
    return number


def parse_staff_number(text: str) -> str:
    number = normalise("staff_number", text)
    if len(number) > STAFF_LIMIT or not _STAFF.fullmatch(number):
        raise DomainError("staff_number_form", limit=STAFF_LIMIT)
    return number


def parse_bank_account(text: str) -> str:
    number = normalise("bank_account", text)
    if len(number) not in BANK_DIGITS or not _BANK.fullmatch(number):
        raise DomainError("bank_account_form", least=BANK_DIGITS.start, most=BANK_DIGITS.stop - 1)
    return number


def parse_bank_name(text: str) -> str:
    """Where an account is kept, as a payment asks for it: 某某银行某某支行."""
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if len(name) > BANK_NAME or any(unicodedata.category(one)[0] == "C" for one in name):
        raise DomainError("bank_name_form", limit=BANK_NAME)
    return name


def parse_name(text: str) -> str:
    """A person's name: at most 50 characters, one dot between the parts of a Chinese name."""
    name = unicodedata.normalize("NFC", text.translate(_SINCE_STANDARD)).strip()
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in name):
        raise DomainError("name_control")
    if any(unicodedata.category(letter) in {"Co", "Cn"} for letter in name):
        raise DomainError("name_private")
    name = _INNER_BLANKS.sub("", _DOTS.sub("·", name))
    name = " ".join(name.split())
    if not name:
        raise DomainError("name_empty")
    if len(name) > NAME_LIMIT:
        raise DomainError("name_long", limit=NAME_LIMIT)
    return name


def normalise(kind: str, text: str) -> str:
    """Undo how a number is typed: full-width digits, blanks, dashes, +86, x for X.

    The answer need not be a number of that kind; whoever looks it up will not find it then.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split())
    if kind == "staff_number":
        return _even_dashes(plain)
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Pd")
    return _PREFIX.sub("", plain) if kind == "phone" else plain


def _even_dashes(text: str) -> str:
    return "".join("-" if unicodedata.category(letter) == "Pd" else letter for letter in text)


def mask(kind: str, text: str) -> str:
    """What a page shows of a number: enough to tell people apart, too little to use."""
    if kind in {"name", "bank_name"} or not text:
        return text
    first, last = _SHOWN.get(kind, (0, 2))
    hidden = len(text) - first - last
    if hidden <= 0:
        return "*" * len(text)
    return text[:first] + "*" * hidden + text[len(text) - last :]
