"""The drawn symbol against a matrix of segno's own, read from the SVG's path."""

import re

import segno

from leitai.documents import qr


def dark_modules(svg: str) -> set[tuple[int, int]]:
    """Walk the strokes of the path: `M x y.5` moves, `m dx dy` moves on, `h n` inks n modules."""
    path = re.search(r' d="([^"]+)"', svg).group(1)
    x = y = 0
    dark = set()
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        values = [int(float(number)) for number in re.findall(r"-?\d+(?:\.\d+)?", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            dark |= {(y - qr.QUIET, x - qr.QUIET + step) for step in range(values[0])}
            x += values[0]
    return dark


def test_drawing_has_every_module_and_a_quiet_zone():
    text = "https://leitai.example/c/SC-2022-ZST-0007/?s=abcdefgh"
    code = qr.draw(text)
    symbol = segno.make(text, error="m", micro=False)
    matrix = {
        (row, column)
        for row, line in enumerate(symbol.matrix)
        for column, module in enumerate(line)
        if module
    }
    assert dark_modules(code.svg) == matrix
    assert code.modules == len(symbol.matrix)
    side = code.modules + 2 * qr.QUIET
    assert re.search(r'(?:width|viewBox)="(?:0 0 \d+ )?(\d+)"', code.svg).group(1) == str(side)


def test_nothing_in_the_drawing_names_a_colour_other_than_black():
    assert set(re.findall(r'(?:stroke|fill)="([^"]+)"', qr.draw("擂台").svg)) <= {"#000", "none"}
