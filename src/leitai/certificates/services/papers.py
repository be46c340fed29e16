"""Set certificates on paper: a file each, and one file of all that hold."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from leitai.certificates import printing
from leitai.certificates.models import Certificate
from leitai.certificates.selectors import list_certificates
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

ALL = "all.pdf"


def write_documents(*, season: Season) -> list[Certificate]:
    """Write the files that are missing, and the file of all anew; returns those that hold.

    Safe to repeat after a crash: a file is named by its certificate's record only once it is whole.
    """
    holding = list(list_certificates(season.code).filter(revoked_at=None))
    if not holding:
        return []
    rulebook = seasons.rulebook_of(season)
    press, root = printing.compiler(), Path(settings.LEITAI_FILES)
    pages = {one.pk: printing.page_of(one, rulebook) for one in holding}
    missing = [one for one in holding if not one.pdf or not (root / one.pdf).is_file()]
    for certificate in missing:
        name = f"certificates/{season.code}/{certificate.serial}.pdf"
        data = press.compile(
            printing.TEMPLATE, printing.document_of([pages[certificate.pk]], rulebook)
        )
        _keep(root / name, data)
        certificate.pdf = name
    Certificate.objects.bulk_update(missing, ["pdf"])
    everything = press.compile(
        printing.TEMPLATE, printing.document_of(list(pages.values()), rulebook)
    )
    _keep(root / "certificates" / season.code / ALL, everything)
    return holding


def _keep(path: Path, data: bytes) -> None:
    """Write the file whole or not at all; two writers at once do not meet in one draft."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft:
        draft.write(data)
    Path(draft.name).replace(path)
