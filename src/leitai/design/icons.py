"""Drawings of the house: icons (24 × 24 strokes) and state glyphs (16 × 16 shapes).

Every drawing is inline SVG, so that it takes the colour of its words and needs no second request.
"""

from __future__ import annotations

from typing import Final

ICONS: Final[dict[str, str]] = {
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21",
    "check": "M4.5 12.5l5 5 10-11",
    "cross": "M6 6l12 12M18 6 6 18",
    "plus": "M12 5v14M5 12h14",
    "minus": "M5 12h14",
    "left": "M15 5l-7 7 7 7",
    "right": "M9 5l7 7-7 7",
    "down": "M5 9l7 7 7-7",
    "arrow": "M4 12h15M13 6l6 6-6 6",
    "swap": "M4 8h14M14.5 4.5 18 8l-3.5 3.5M20 16H6M9.5 12.5 6 16l3.5 3.5",
    "menu": "M4 6.5h16M4 12h16M4 17.5h16",
    "list": "M8.5 6H20M8.5 12H20M8.5 18H20M4 6h.01M4 12h.01M4 18h.01",
    "grid": "M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h6v6h-6z",
    "flag": "M6 21V4h12l-2.6 4.5L18 13H6",
    "home": "M4 11l8-7 8 7v9h-5.5v-5.5h-5V20H4z",
    "clock": "M12 7v5.2l3.2 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
    "calendar": "M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5V8M15.5 3.5V8",
    "person": ("M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c.8-4 3.8-5.5 7.5-5.5s6.7 1.5 7.5 5.5"),
    "people": (
        "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z"
        "M2.8 19.5c.6-3.5 3-4.8 6.2-4.8s5.6 1.3 6.2 4.8"
        "M15.5 5.3a3.4 3.4 0 0 1 0 6.4M17.5 15c2 .5 3.3 2 3.7 4.5"
    ),
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "chart": "M4.5 20V11M10 20V5M15.5 20v-6M20.5 20h-17",
    "paper": "M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12.5h6M9 16h6",
    "medal": "M12 9.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM9 10.5 6 3.5h12l-3 7",
    "scales": "M12 4v16M7.5 20h9M5 7h14M5 7l-2.5 6.5h5zM19 7l-2.5 6.5h5z",
    "shield": "M12 3.5 5 6v6c0 4.5 3 7 7 8.5 4-1.5 7-4 7-8.5V6z",
    "bell": "M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4",
    "download": "M12 4v11M7 10.5l5 5 5-5M5 20h14",
    "upload": "M12 20V9M7 13.5l5-5 5 5M5 4h14",
    "print": "M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6.5H7z",
    "copy": "M9 8.5h11v12H9zM15 8.5v-5H4v12h5",
    "pause": "M8 5v14M16 5v14",
    "stop": "M5.5 5.5h13v13h-13z",
    "message": "M4 5h16v11.5H10L5.5 20v-3.5H4z",
    "book": "M5 4.5h9.5a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-2.5h9.5",
    "qr": ("M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v2M14 20h2M18.5 18.5H20V20"),
    "offline": (
        "M3 3l18 18M8.6 15.6a5 5 0 0 1 5.4-1M5.2 12.2a10 10 0 0 1 4-2.4"
        "M2.5 8.6A14 14 0 0 1 6 6.2M21.5 8.6a14.2 14.2 0 0 0-10.4-4"
        "M18.8 12.2a10 10 0 0 0-3-2M12 19.5h.01"
    ),
    "sun": (
        "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2"
        "M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
    ),
    "moon": "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
    "globe": (
        "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17"
        "M12 3.5c2.4 2.4 3.5 5.2 3.5 8.5s-1.1 6.1-3.5 8.5c-2.4-2.4-3.5-5.2-3.5-8.5s1.1-6.1 3.5-8.5z"
    ),
    "exit": "M14 4.5H5v15h9M10 12h10M16 8l4 4-4 4",
    "edit": "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5",
    "undo": "M9 5 4.5 9.5 9 14M4.5 9.5H14a5.5 5.5 0 0 1 0 11H9",
    "link": (
        "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.6-5.7L12 7"
        "M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.6 5.7L12 17"
    ),
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.6h.01",
    "warning": "M12 3.5 21.5 20h-19zM12 10v4.5M12 17.3h.01",
    "computer": "M3.5 5h17v11h-17zM9 20h6M12 16v4",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",  # noqa: E501 - one drawing
}

_HALF = (
    '<circle cx="8" cy="8" r="5.8"/>'
    '<path d="M8 2.2a5.8 5.8 0 0 1 0 11.6z" fill="currentColor" stroke="none"/>'
)


def _solid(path: str) -> str:
    return f'<path d="{path}" fill="currentColor" stroke="none"/>'


#: Shape of a state → (drawing, the tone it takes when none is given).
GLYPHS: Final[dict[str, tuple[str, str]]] = {
    "todo": ('<circle cx="8" cy="8" r="5.8"/>', "idle"),
    "live": ('<circle cx="8" cy="8" r="6.5" fill="currentColor" stroke="none"/>', "act"),
    "half": (_HALF, "act"),
    "ok": ('<path d="M2.5 8.5 6.3 12.3 13.5 4.2"/>', "ok"),
    "warn": (_solid("M8 .8 15.2 8 8 15.2.8 8z"), "warn"),
    "late": (_solid("M8 1.2 15.4 14.6H.6z"), "bad"),
    "held": ('<path d="M5.2 2.5v11M10.8 2.5v11" stroke-width="3"/>', "act"),
    "ended": (_solid("M2.2 2.2h11.6v11.6H2.2z"), "bad"),
    "out": ('<circle cx="8" cy="8" r="5.8"/><path d="M4 12 12 4"/>', "idle"),
    "none": ('<path d="M4 8h8"/>', "idle"),
}

TONES: Final = ("act", "house", "ok", "warn", "bad", "idle")

#: The mark: a drum on two steps. `rect` gives the vermilion tile.
MARK_LINES: Final = '<circle cx="16" cy="11.6" r="5.3"/><path d="M9.5 21.3h13M5.5 25.9h21"/>'
WORD_PATH: Final = (
    "M1.5 10.5h12.7M8.2 2v34.6H3.4M1.2 25.2l13-4.6M17.4 4h21M17.9 19.6V9.6h20v10M27.9 4v15.6"
    "M20.6 13.2h4M20.6 17.4h4M31.2 13.2h4M31.2 17.4h4M19.4 24.2h17v13h-17zM27.9 24.2v13"
    "M19.4 30.7h17M63.5 2.2 50.6 16.6h24.6M67.8 8.6l10 11.6M52.4 23.6h21.2v13.6H52.4z"
)
