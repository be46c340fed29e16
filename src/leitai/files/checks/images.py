"""Images are decoded and written anew: only the picture survives.

Place, camera, thumbnails, comments and whatever hides behind the last byte stay outside.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from leitai.kernel.errors import DomainError

PIXELS = 50_000_000
_FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "png": ("PNG", {}),
    "jpeg": ("JPEG", {"quality": 88}),
    "webp": ("WEBP", {"quality": 88}),
}
# What a hostile image makes Pillow raise; its warnings are errors under the tests.
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, TypeError)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def write_anew(source: Path, target: Path, *, kind: str, name: str) -> None:
    """Turned upright, first frame only. The size is asked before a pixel is decoded."""
    form, options = _FORMATS[kind]
    try:
        with Image.open(source, formats=[form]) as image:
            if image.width * image.height > PIXELS:
                raise DomainError("files_image_large", name=name, limit=PIXELS // 10_000)
            image.load()
            upright = ImageOps.exif_transpose(image)
            plain = upright.convert(_mode(upright, kind))
    except _BOMBS:
        raise DomainError("files_image_large", name=name, limit=PIXELS // 10_000) from None
    except _BROKEN:
        raise DomainError("files_broken", name=name) from None
    plain.info = {}
    target.unlink(missing_ok=True)
    with target.open("xb") as file:
        plain.save(file, format=form, **options)


def _mode(image: Image.Image, kind: str) -> str:
    if image.mode in {"1", "L"}:
        return "L" if kind != "webp" else "RGB"
    clear = kind != "jpeg" and image.has_transparency_data
    return "RGBA" if clear else "RGB"
