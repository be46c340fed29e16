"""The kernel's errors as sentences, Chinese and English: the edge chooses the language."""

from collections.abc import Mapping
from typing import Final

from leitai.kernel.draw_texts import TEXTS as DRAW_TEXTS

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "lone_surrogate": (
        "文字%(text)s含有残缺字符，无法编码。请重新输入。",
        "the text %(text)s has half a character in it and cannot be encoded; type it again",
    ),
    "suite_unknown": (
        "不认识加密套件“%(name)s”。请升级到支持它的版本。",
        "the cryptographic suite '%(name)s' is unknown; use a version that has it",
    ),
    "seal_broken": (
        "无法解封：密钥不对，或内容被改动过。请核对密钥和来源。",
        "it does not open: the key is another one or the content was changed; check both",
    ),
    "wrong_length": (
        "%(what)s应为%(expected)s字节，现为%(got)s字节。",
        "%(what)s must have %(expected)s bytes, not %(got)s",
    ),
    **DRAW_TEXTS,
    "serial_range": (
        "编号%(number)s超出%(width)s位。请加大位数。",
        "the number %(number)s does not fit %(width)s digits; use more digits",
    ),
}
