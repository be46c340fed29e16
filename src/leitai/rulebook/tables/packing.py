"""Tables as `leitai rulebook decide` reads them, and several of them in one archive."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

RULES: Final = "rulebook.yaml"  # beside the tables: the text they are decided by
_STAMP: Final = (1980, 1, 1, 0, 0, 0)  # the same tables give the same bytes


def written(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a heading and its rows as CSV."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(heading)
    table.writerows(rows)
    return out.getvalue()


def packed(tables: Mapping[str, str]) -> bytes:
    """Pack tables by file name into a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(tables.items()):
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text.encode())
    return out.getvalue()
