"""A photograph for a paper: of the size at which it is printed, in a type that WPS opens."""

from io import BytesIO
from typing import Final

from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from leitai.documents.pages import Align, Image
from leitai.kernel.errors import DomainError

DOTS: Final = 200 / 72  # a point of print
MOST_PIXELS: Final = 60_000_000
QUALITY: Final = 85


def fitted(data: bytes, *, width: float, height: float, align: Align = "center") -> Image:
    """Fit a picture into that many points, as JPEG; the same picture gives the same bytes.

    Raises DomainError("picture_unreadable").
    """
    try:
        with Pillow.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise DomainError("picture_unreadable")
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Pillow.DecompressionBombError):
        raise DomainError("picture_unreadable") from None
    scale = min(width / picture.width, height / picture.height)
    wide, high = picture.width * scale, picture.height * scale
    size = (max(1, round(wide * DOTS)), max(1, round(high * DOTS)))
    if size[0] < picture.width:
        picture = picture.resize(size, Pillow.Resampling.LANCZOS)
    ground = Pillow.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture)
    out = BytesIO()
    ground.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return Image(out.getvalue(), "jpeg", wide, high, align)
