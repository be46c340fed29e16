"""Reads of certificates: the season's, one's own, and their papers."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet

from leitai.base.actor import Actor
from leitai.certificates.models import Certificate, Signed, TitleCertificate
from leitai.certificates.rules import can_fetch, can_fetch_title, can_list, fetching_paths
from leitai.certificates.selectors.checking import normalise_serial
from leitai.kernel.errors import DomainError
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

PAGE = 50
REVOKE = "certificate.revoke"  # deeds of two officers
REISSUE = "certificate.reissue"
REPLACE = "certificate.replace"
_WITH = (
    "award__season__rulebook",
    "award__season__host",
    "award__entry__person__unit",
    "award__delegation__unit",
    "superseded_by",
)


def list_certificates(season: str) -> QuerySet[Certificate]:
    """All of a season by serial, with everything that the paper says."""
    return (
        Certificate.objects.filter(award__season__code=season)
        .select_related(*_WITH)
        .order_by("award__position", "serial")
    )


def list_own_certificates(viewer: Actor) -> list[Certificate]:
    """What the viewer holds, alone or in a team, the latest first; also of contests not here."""
    mine = seasons.entries_with(viewer.person)
    held = Certificate.objects.filter(award__entry__in=mine, revoked_at=None)
    return list(held.select_related(*_WITH).order_by("-issued_at", "award__position", "serial"))


def list_unit_certificates(viewer: Actor, season: str) -> QuerySet[Certificate]:
    """Those of the units that the viewer manages: delegations and people, what fell as well.

    Raises DomainError("forbidden") for who manages none.
    """
    paths = fetching_paths(viewer, season)
    if not paths:
        raise DomainError("forbidden")
    own = Q()
    for path in paths:
        own |= Q(award__delegation__unit__path__startswith=path)
        own |= Q(award__entry__person__unit__path__startswith=path)
    return list_certificates(season).filter(own)


def unit_page(viewer: Actor, season: str, *, page: int) -> dict[str, object]:
    held = list_unit_certificates(viewer, season)
    shown = Paginator(held, PAGE).get_page(page)
    return {"season": seasons.get_season(season), "certificates": shown}


def get_certificate_for(viewer: Actor, serial: str) -> Certificate:
    """A certificate whose paper the viewer may have; raises DomainError("not_found") otherwise."""
    found = (
        Certificate.objects.filter(serial=normalise_serial(serial)).select_related(*_WITH).first()
    )
    if found is None or not can_fetch(viewer, found, seasons.host_path(found.award.season)):
        raise DomainError("not_found")
    return found


def get_paper_for(viewer: Actor, serial: str) -> Signed:
    """The same, of an award or of a title of practice."""
    titles = TitleCertificate.objects.select_related("season", "person__unit")
    found = titles.filter(serial=normalise_serial(serial)).first()
    if found is None:
        return get_certificate_for(viewer, serial)
    if not can_fetch_title(viewer, found, seasons.host_path(found.season)):
        raise DomainError("not_found")
    return found


def season_of(certificate: Signed) -> Season:
    if isinstance(certificate, Certificate):
        return certificate.award.season
    if isinstance(certificate, TitleCertificate):
        return certificate.season
    raise TypeError(certificate)


def get_season_for(viewer: Actor, code: str) -> Season:
    """The season for its office and supervisors; raises DomainError("forbidden")."""
    season = seasons.get_season(code)
    if not can_list(viewer, code, seasons.host_path(season)):
        raise DomainError("forbidden")
    return season


def paper_of(certificate: Signed) -> Path:
    """The file; raises DomainError("certificate_file_missing")."""
    path = Path(settings.LEITAI_FILES) / certificate.pdf
    if not certificate.pdf or not path.is_file():
        raise DomainError("certificate_file_missing", serial=certificate.serial)
    return path


def papers_path(season: str, award: str = "") -> Path:
    """Where the one file of a season's certificates lies, or of one award's."""
    name = f"all-{award}.pdf" if award else "all.pdf"
    return Path(settings.LEITAI_FILES) / "certificates" / season / name


def papers_of(season: str, award: str = "") -> Path:
    """The one file of all that hold; raises DomainError("certificates_none")."""
    path = papers_path(season, award)
    if not path.is_file():
        raise DomainError("certificates_none")
    return path


def papers_for(season: Season, award: str = "") -> Path:
    """The same, of an award that the season's rules or certificates name."""
    named = Certificate.objects.filter(award__season=season, award__award=award)
    if award and not named.exists():
        raise DomainError("not_found")
    return papers_of(season.code, award)
