"""Set certificates on paper: a file each, one file of an award, one file of all that hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

from django.conf import settings

from leitai.certificates import printing
from leitai.certificates.models import Certificate, Signed, TitleCertificate
from leitai.certificates.selectors.reads import list_certificates, papers_path
from leitai.certificates.selectors.titles import papers_name
from leitai.seasons.models import Season

PORTION = 50
_Record = TypeVar("_Record", bound=Signed)
Tell = Callable[[int, int], None]  # how many of how many files are written


def write_documents(*, season: Season, tell: Tell | None = None) -> list[Certificate]:
    """Write the files that are missing, and those of many anew; returns the ones that hold.

    Safe to repeat after a crash: a file is named by its certificate's record only once it is whole.
    Certificates of before designs existed keep the file that they have.
    """
    holding = list(list_certificates(season.code).filter(revoked_at=None))
    due = [one for one in holding if one.sheet]
    _write_each(season, _missing(due), tell)
    if due:
        _write_many(season, due)
    return holding


def write_titles(
    *, season: Season, name: str, period: str, tell: Tell | None = None
) -> list[TitleCertificate]:
    """The same of one title of practice and period, with one file of them all."""
    held = TitleCertificate.objects.filter(season=season, name=name, period=period)
    holding = list(held.filter(revoked_at=None).order_by("serial"))
    _write_each(season, _missing(holding), tell)
    if holding:
        _keep(papers_path(season.code, papers_name(name, period)), set_many(holding))
    return holding


def set_each(certificates: Sequence[_Record]) -> Iterator[tuple[_Record, bytes]]:
    """A file for each."""
    runs = ((one.design, printing.document_of_certificates([one])) for one in certificates)
    yield from zip(certificates, printing.crew().each(runs, len(certificates)), strict=True)


def set_many(certificates: Sequence[Signed]) -> bytes:
    """One file for the printer, the sheets in this order; designs of other sizes may follow."""
    runs = (
        (design, printing.document_of_certificates(run))
        for design, run in printing.alike(certificates)
    )
    return printing.crew().many(runs, len(certificates))


def _missing(due: Sequence[_Record]) -> list[_Record]:
    root = Path(settings.LEITAI_FILES)
    return [one for one in due if not one.pdf or not (root / one.pdf).is_file()]


def _write_each(season: Season, certificates: Sequence[_Record], tell: Tell | None) -> None:
    made = set_each(certificates)
    for at in range(0, len(certificates), PORTION):
        if tell:
            tell(at, len(certificates))
        portion = list(islice(made, PORTION))
        for one, data in portion:
            one.pdf = f"certificates/{season.code}/{one.serial}.pdf"
            _keep(Path(settings.LEITAI_FILES) / one.pdf, data)
        rows = type(portion[0][0])._default_manager  # noqa: SLF001  (awards' or titles')
        rows.bulk_update([one for one, _data in portion], ["pdf"])


def _write_many(season: Season, certificates: Sequence[Certificate]) -> None:
    """A file an award, and one of the whole season."""
    by_award: defaultdict[str, list[Certificate]] = defaultdict(list)
    for one in certificates:
        by_award[one.award.award].append(one)
    for award, group in by_award.items():
        _keep(papers_path(season.code, award), set_many(group))
    if len(by_award) > 1:
        _keep(papers_path(season.code), set_many(certificates))
    else:
        only = papers_path(season.code, next(iter(by_award)))
        _keep(papers_path(season.code), only.read_bytes())


def _keep(path: Path, data: bytes) -> None:
    """Write the file whole or not at all; two writers at once do not meet in one draft."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft:
        draft.write(data)
    Path(draft.name).replace(path)
