"""Names that people type or read: admission codes and serial numbers. Entropy is an argument."""

import unicodedata
from typing import Final

from leitai.kernel.errors import DomainError

CODE_BYTES: Final = 10
CODE_LETTERS: Final = 16
_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS_A_LETTER: Final = 5
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None})


def admission_code(entropy: bytes) -> str:
    """Write 80 bits as 16 letters of Crockford's base 32 (which has no I, L, O or U)."""
    if len(entropy) != CODE_BYTES:
        raise DomainError("wrong_length", what="entropy", expected=CODE_BYTES, got=len(entropy))
    number = int.from_bytes(entropy, "big")
    places = range(CODE_LETTERS - 1, -1, -1)
    return "".join(_CROCKFORD[number >> _BITS_A_LETTER * place & 31] for place in places)


def normalise_code(text: str) -> str:
    """Undo how people type a code: case, spaces, dashes, full-width letters, O for 0, I or L for 1.

    The answer need not be a code at all; whoever looks it up will not find it then.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Pd")
    return "".join(plain.split()).translate(_MISREAD)


def show_code(code: str) -> str:
    """Group a code by four for reading: ``ABCD-EFGH-JKMN-PQRS``."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def serial(prefix: str, number: int, width: int) -> str:
    """Number a document: ``serial("SC-", 7, 4)`` is ``SC-0007``; a number too wide is refused."""
    digits = str(number)
    if number < 0 or len(digits) > width:
        raise DomainError("serial_range", prefix=prefix, number=number, width=width)
    return prefix + digits.zfill(width)
