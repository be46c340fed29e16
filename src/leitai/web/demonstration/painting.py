"""Pictures that nobody took: a portrait, a sealed sheet, and what a unit would send to the press.

Drawn at twice the size and scaled down, so that edges are soft; the same at every start.
"""

from __future__ import annotations

import io
import math
from functools import cache

from PIL import Image, ImageDraw, ImageFilter

from leitai.web.demonstration.chance import Chance

Colour = tuple[int, int, int]
PAPER: Colour = (250, 247, 241)
INK: Colour = (38, 50, 56)
RED: Colour = (196, 56, 40)
SKIN = ((241, 205, 178), (232, 190, 160), (247, 216, 192))
CLOTHES = ((52, 73, 94), (96, 72, 88), (58, 92, 84), (84, 84, 96))
HILLS = ((206, 216, 216), (168, 186, 188), (122, 148, 152), (78, 106, 112))
LOUD = 2  # drawn so many times as large


def portrait(chance: Chance, *, woman: bool) -> bytes:
    """A head and shoulders before the white of an identity picture."""
    image, draw = _canvas(420, 588, (236, 242, 248))
    skin, cloth = chance.pick(SKIN), chance.pick(CLOTHES)
    if woman:
        draw.rounded_rectangle((232, 190, 608, 760), 180, fill=INK)
    draw.ellipse((60, 800, 780, 1700), fill=cloth)
    draw.rectangle((350, 640, 490, 850), fill=skin)
    draw.polygon((340, 815, 500, 815, 420, 960), fill=PAPER)
    draw.ellipse((270, 250, 570, 700), fill=skin)
    draw.pieslice((250, 190, 590, 640), 180, 360, fill=INK)
    draw.rectangle((272, 400, 568, 430), fill=skin if woman else INK)
    for left in (335, 465):
        draw.ellipse((left, 470, left + 36, 494), fill=INK)
    draw.arc((370, 540, 470, 620), 20, 160, fill=(170, 90, 80), width=8)
    return _bytes(image, "JPEG")


@cache
def sealed_sheet() -> bytes:
    """A form as a scanner sees it: lines, a table, and the round seal over the last of them."""
    image, draw = _canvas(700, 960, (252, 252, 250))
    draw.rounded_rectangle((420, 110, 980, 160), 12, fill=(96, 96, 96))
    for row in range(9):
        top = 240 + row * 120
        draw.rectangle((120, top, 1280, top + 120), outline=(150, 150, 150), width=3)
        draw.line((440, top, 440, top + 120), fill=(150, 150, 150), width=3)
        draw.rounded_rectangle((170, top + 46, 380, top + 72), 10, fill=(170, 170, 170))
        draw.rounded_rectangle(
            (490, top + 46, 760 + row * 37 % 300, top + 72), 10, fill=(120, 120, 120)
        )
    draw.rectangle((120, 1320, 1280, 1760), outline=(150, 150, 150), width=3)
    draw.rounded_rectangle((190, 1400, 620, 1430), 10, fill=(120, 120, 120))
    _seal(draw, 1000, 1580, 190)
    return _bytes(image.rotate(0.7, fillcolor=(252, 252, 250)), "JPEG")


def banner() -> bytes:
    """Hills in the morning."""
    image, draw = _canvas(1200, 800, (246, 238, 226))
    draw.ellipse((1610, 250, 1870, 510), fill=RED)
    for layer, colour in enumerate(HILLS):
        base, height = 860 + layer * 190, 300 - layer * 36
        line = [
            (x, base - height * (math.sin(x / (410 - layer * 52) + layer * 1.9) + 1) / 2)
            for x in range(0, 2401, 16)
        ]
        draw.polygon([(0, 1600), *line, (2400, 1600)], fill=colour)
    draw.rectangle((0, 1570, 2400, 1600), fill=RED)
    return _bytes(image.filter(ImageFilter.GaussianBlur(1)), "JPEG")


def hall(chance: Chance) -> bytes:
    """A service hall: three windows, each with somebody behind it and somebody before it."""
    image, draw = _canvas(960, 600, (238, 242, 242))
    draw.rectangle((0, 0, 1920, 150), fill=(46, 84, 104))
    draw.rectangle((0, 900, 1920, 1200), fill=(214, 206, 194))
    for number in range(3):
        left = 120 + number * 590
        draw.rounded_rectangle((left, 220, left + 500, 760), 18, fill=(222, 234, 240))
        draw.rounded_rectangle((left + 130, 60, left + 370, 120), 20, fill=RED)
        _bust(draw, left + 250, 500, chance, size=1.0)
        draw.rounded_rectangle((left - 20, 720, left + 520, 960), 14, fill=(150, 112, 82))
        draw.rectangle((left - 20, 720, left + 520, 752), fill=(178, 138, 104))
        _bust(draw, left + 250 + (number - 1) * 60, 1010, chance, size=1.35, back=True)
    return _bytes(image, "JPEG")


def room(chance: Chance) -> bytes:
    """An exam room: rows of people at their screens, seen from behind."""
    image, draw = _canvas(960, 600, (244, 240, 232))
    draw.rectangle((0, 0, 1920, 330), fill=(228, 222, 210))
    draw.rounded_rectangle((560, 60, 1360, 250), 10, fill=RED)
    draw.rounded_rectangle((640, 130, 1280, 176), 18, fill=PAPER)
    for row in range(3):
        size, top = 0.62 + row * 0.3, 360 + row * 230
        for seat in range(6 - row):
            middle = 1920 * (seat + 0.5) / (6 - row)
            wide = 130 * size
            box = (middle - wide, top - 60 * size, middle + wide, top + 90 * size)
            draw.rounded_rectangle(box, 10, fill=(70, 96, 112))
            _bust(draw, middle, top + 120 * size, chance, size=size, back=True)
        draw.rectangle((0, top + 210 * size, 1920, top + 240 * size), fill=(176, 140, 106))
    return _bytes(image, "JPEG")


def _bust(
    draw: ImageDraw.ImageDraw,
    x: float,
    y: float,
    chance: Chance,
    *,
    size: float,
    back: bool = False,
) -> None:
    """`y` is where the shoulders begin."""
    cloth = chance.pick(CLOTHES)
    draw.ellipse((x - 120 * size, y - 10 * size, x + 120 * size, y + 330 * size), fill=cloth)
    draw.ellipse((x - 62 * size, y - 130 * size, x + 62 * size, y + 20 * size), fill=SKIN[0])
    if back:
        draw.ellipse((x - 66 * size, y - 140 * size, x + 66 * size, y), fill=INK)
    else:
        draw.pieslice((x - 68 * size, y - 145 * size, x + 68 * size, y), 175, 365, fill=INK)


def _seal(draw: ImageDraw.ImageDraw, x: int, y: int, radius: int) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=12)
    star = [
        (
            x + math.sin(turn * math.pi / 5) * radius * (0.42 if turn % 2 == 0 else 0.16),
            y - math.cos(turn * math.pi / 5) * radius * (0.42 if turn % 2 == 0 else 0.16),
        )
        for turn in range(10)
    ]
    draw.polygon(star, fill=RED)
    for turn in range(-4, 5):
        angle = turn * math.pi / 7
        left, top = x + math.sin(angle) * radius * 0.74, y - math.cos(angle) * radius * 0.74
        draw.rounded_rectangle((left - 18, top - 18, left + 18, top + 18), 6, outline=RED, width=7)


def _canvas(width: int, height: int, colour: Colour) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (width * LOUD, height * LOUD), colour)
    return image, ImageDraw.Draw(image)


def _bytes(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    width, height = image.width // LOUD, image.height // LOUD
    image.resize((width, height), Image.Resampling.LANCZOS).save(out, kind, quality=86)
    return out.getvalue()
