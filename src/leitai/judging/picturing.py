"""The pages of a PDF as pictures, made by a process of their own: the file is a stranger's.

Run as a program it knows nothing of the house: `python picturing.py FOLDER` reads `material.pdf`
there and writes `0001.webp` and so on beside it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import pypdfium2

MOST_PAGES: Final = 200
WIDTH, HEIGHT = 1920, 1440  # a page is drawn to fill this box
QUALITY: Final = 85
PATIENCE: Final = 300  # seconds for a whole file
MEMORY: Final = 2 * 1024**3


def pictures_of(pdf: bytes) -> tuple[bytes, ...]:
    """Each page as WebP; nothing where it cannot be read, is locked or has too many pages."""
    with tempfile.TemporaryDirectory(prefix="leitai-pages-") as folder:
        place = Path(folder)
        (place / "material.pdf").write_bytes(pdf)
        try:
            subprocess.run(
                [sys.executable, "-P", __file__, folder],  # -P: our names are not the library's
                check=True,
                timeout=PATIENCE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return ()
        return tuple(path.read_bytes() for path in sorted(place.glob("*.webp")))


def draw(place: Path) -> None:
    """Raises pypdfium2.PdfiumError for what it cannot read, ValueError for too many pages."""
    document = pypdfium2.PdfDocument(place / "material.pdf")
    if not 0 < len(document) <= MOST_PAGES:
        raise ValueError(len(document))
    for number, page in enumerate(document, start=1):
        wide, high = page.get_size()
        drawn = page.render(scale=min(WIDTH / wide, HEIGHT / high))
        drawn.to_pil().convert("RGB").save(place / f"{number:04}.webp", quality=QUALITY)
        page.close()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    draw(Path(sys.argv[1]))
