"""What a single answer must look like: numbers, days, telephones, addresses, identity numbers."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from leitai.rulebook import numbers

_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})", re.ASCII)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOBILE: Final = re.compile(r"(\+86[ -]?)?1[3-9][0-9]{9}", re.ASCII)
_LANDLINE: Final = re.compile(r"(0[0-9]{2,3}[ -]?)?[2-9][0-9]{6,7}(-[0-9]{1,6})?", re.ASCII)
_LOCAL: Final = r"[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*"
_HOST: Final = r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
_EMAIL: Final = re.compile(f"{_LOCAL}@{_HOST}", re.ASCII)
_ID: Final = re.compile(r"[1-9][0-9]{16}[0-9X]", re.ASCII)
_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"


def read_date(text: str) -> date | None:
    """Read ``2022-06-10``; None for anything else."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def read_month(text: str) -> date | None:
    """Read ``2022-06`` as its first day; None for anything else."""
    return read_date(f"{text}-01") if _MONTH.fullmatch(text) else None


def is_mobile(text: str) -> bool:
    """Say whether it is a mobile number of the mainland, with or without +86."""
    return _MOBILE.fullmatch(text) is not None


def is_landline(text: str) -> bool:
    """Say whether it is a fixed line: area code, number, extension (``0471-1234567-801``)."""
    return _LANDLINE.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Say whether it is a mobile number or a fixed line."""
    return is_mobile(text) or is_landline(text)


def is_email(text: str) -> bool:
    """Say whether it is an address of the usual form."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def is_id_number(text: str) -> bool:
    """Say whether it is a resident identity number of 18 places with a real day and check digit."""
    number = text.upper()
    if not _ID.fullmatch(number):
        return False
    if read_date(f"{number[6:10]}-{number[10:12]}-{number[12:14]}") is None:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return number[17] == _ID_CHECKS[total % 11]


# Kind of a field → what its text must pass, and the code of the problem where it does not.
FORMS: Final[Mapping[str, tuple[Callable[[str], bool], str]]] = {
    "number": (numbers.is_decimal, "answer_not_number"),
    "date": (lambda text: read_date(text) is not None, "answer_not_date"),
    "month": (lambda text: read_month(text) is not None, "answer_not_month"),
    "phone": (is_phone, "answer_not_phone"),
    "mobile": (is_mobile, "answer_not_mobile"),
    "landline": (is_landline, "answer_not_landline"),
    "email": (is_email, "answer_not_email"),
    "id-number": (is_id_number, "answer_not_id_number"),
}
