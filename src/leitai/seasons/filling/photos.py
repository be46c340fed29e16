"""A portrait cut to one inch (25 by 35 mm at 300 dots): as the person chose, or from the middle."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from leitai.kernel.errors import DomainError

WIDTH: Final = 295
HEIGHT: Final = 413
MOST_PIXELS: Final = 60_000_000
PARTS: Final = 10_000  # the chosen corner and width are told in ten-thousandths of the picture


def cropped(data: bytes, chosen: str = "") -> bytes:
    """A JPEG of 295 × 413. `chosen` is "left,top,width" as the page tells it, or nothing.

    Raises DomainError("photo_unreadable") for what is no picture, "photo_small" for one that
    would come out blurred.
    """
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise DomainError("photo_unreadable")
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise DomainError("photo_unreadable") from None
    if picture.width < WIDTH // 2 or picture.height < HEIGHT // 2:
        raise DomainError("photo_small", width=picture.width, height=picture.height)
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture)
    cut = ground.convert("RGB").crop(_corners(picture.width, picture.height, chosen))
    out = BytesIO()
    cut.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(
        out, "JPEG", quality=92, dpi=(300, 300)
    )
    return out.getvalue()


def _corners(width: int, height: int, chosen: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom inside the picture, in the proportion of one inch."""
    widest = min(width, height * WIDTH // HEIGHT)
    left, top, wide = _chosen(chosen, width, height) or (
        (width - widest) // 2,
        (height - widest * HEIGHT // WIDTH) // 2,
        widest,
    )
    wide = max(1, min(wide, widest))
    high = max(1, wide * HEIGHT // WIDTH)
    left, top = min(max(left, 0), width - wide), min(max(top, 0), height - high)
    return left, top, left + wide, top + high


def _chosen(text: str, width: int, height: int) -> tuple[int, int, int] | None:
    parts = text.split(",")
    if len(parts) != 3 or not all(part.isdigit() and len(part) <= 5 for part in parts):
        return None
    left, top, wide = (int(part) for part in parts)
    if not wide:
        return None
    return left * width // PARTS, top * height // PARTS, wide * width // PARTS
