"""Take the pictures of the guides from a demonstration that this script starts and ends.

    .venv/bin/python tools/screens.py                       all of docs/guides/pictures
    .venv/bin/python tools/screens.py office-order …        some of them
    .venv/bin/python tools/screens.py --at http://…         from a demonstration that runs already
    .venv/bin/python tools/screens.py --house               docs/screens instead

Needs chromium and a Chinese font; takes about four minutes; ends with 1 if a picture is missing.
Everybody in the pictures is invented. Names, lists, states and sizes are the same at every run.
What cannot be frozen: today's date with all that follows from it; codes that are made by chance
(admission and query codes, QR codes, digests); and the marks of the two exams that are really held,
20 seconds each: on a busy machine fewer answers arrive in time, so take the pictures on a quiet
one. Look at every picture afterwards.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path

from picturing import guides, house
from picturing.camera import camera, take_all
from picturing.demonstration import demonstration

DOCS = Path(__file__).resolve().parents[1] / "docs"
GUIDES, HOUSE = DOCS / "guides" / "pictures", DOCS / "screens"


def main() -> int:
    asked = _arguments()
    what, folder = (house, HOUSE) if asked.house else (guides, GUIDES)
    unknown = set(asked.names) - {shot.name for shot in what.SHOTS}
    if unknown:
        raise SystemExit(f"no such picture: {', '.join(sorted(unknown))}")
    shots = [shot for shot in what.SHOTS if not asked.names or shot.name in asked.names]
    with (
        nullcontext(asked.at) if asked.at else demonstration() as address,
        camera(address, folder, what.SIZES) as taker,
    ):
        failed = take_all(taker, shots)
    total = sum(file.stat().st_size for file in folder.glob("*.png"))
    print(f"{len(shots) - len(failed)} of {len(shots)} taken; {folder.name}: {total >> 10} KB")
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--at", default="", help="address of a running demonstration")
    parser.add_argument("--house", action="store_true", help="docs/screens")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
