"""QR codes as SVG: one path, black on nothing, its quiet zone included."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import segno

_DRAWING: Final = re.compile(r"<path [^>]*/>")
_MASK: Final = 3
_WIDTH_AT: Final = slice(16, 20)  # of a PNG: after signature, length and name of its header
QUIET: Final = 4  # modules that the standard wants white on each side


@dataclass(frozen=True, slots=True)
class Code:
    """``modules`` a side without the quiet zone; the SVG's own side is ``modules + 2 * QUIET``."""

    svg: str
    modules: int


def draw(text: str, *, error: str = "m") -> Code:
    """Draw ``text``; ``error`` is the share that may be spoilt: l 7, m 15, q 25, h 30 %."""
    symbol = segno.make(text, error=error, micro=False)
    out = BytesIO()
    symbol.save(out, kind="svg", border=QUIET, xmldecl=False, svgclass=None, lineclass=None)
    return Code(svg=out.getvalue().decode(), modules=len(symbol.matrix))


def inline(text: str) -> str:
    """SVG for a page, which takes its size from the page's style, as the content policy demands.

    The text itself is not in it, only squares: it is markup of ours, and safe as it is.
    """
    code = draw(text)
    side = code.modules + 2 * QUIET
    found = _DRAWING.search(code.svg)
    drawing = found.group() if found else ""
    return (
        f'<svg class="qr" viewBox="0 0 {side} {side}" aria-hidden="true" focusable="false">'
        f"{drawing}</svg>"
    )


def picture(text: str, *, error: str = "m", scale: int = 8) -> bytes:
    """The same as a PNG, ``scale`` pixels a module: what a phone can keep and recognise."""
    out = BytesIO()
    segno.make(text, error=error, micro=False).save(out, kind="png", border=QUIET, scale=scale)
    return out.getvalue()


def matrix(text: str, *, error: str = "m") -> bytes:
    """The same as a PNG of one bit and one pixel a module, quiet zone included, for the press.

    The mask is fixed: to compare all eight takes six times as long, and helps texts that repeat
    themselves. What certificates carry is base64 of a signature.
    """
    out = BytesIO()
    symbol = segno.make(text, error=error, micro=False, mask=_MASK)
    symbol.save(out, kind="png", border=QUIET, scale=1)
    return out.getvalue()


def modules_of(png: bytes) -> int:
    """How many modules a side what ``matrix`` drew has, without the quiet zone."""
    return int.from_bytes(png[_WIDTH_AT], "big") - 2 * QUIET
