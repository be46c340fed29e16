"""Trees of units, made through the service that people use."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from leitai.base.actor import system
from leitai.units import services

AT = datetime(2022, 3, 20, 1, 0, tzinfo=UTC)
HOUSE = system("tests")


def csv_file(text: str, name: str = "units.csv") -> io.BytesIO:
    """A file as a browser or the command line hands it over."""
    file = io.BytesIO(text.encode())
    file.name = name
    return file


def load_packaged() -> None:
    """The tree that the package ships: province, prefectures, counties, and the bodies."""
    for name in ("places.csv", "bodies.csv"):
        services.import_units(actor=HOUSE, source=services.data_path(name), at=AT)
