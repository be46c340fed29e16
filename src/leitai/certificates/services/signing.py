"""Make a certificate's record: the signed payload, the signed text of its code, the code itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings

from leitai.certificates import printing, token
from leitai.certificates.models import Certificate, Signed, TitleCertificate
from leitai.certificates.preflight import Draft
from leitai.certificates.token import Claim
from leitai.kernel import canonical
from leitai.kernel.suites import SUITE, suite
from leitai.keyring import Key, Keyring
from leitai.ledger import services as ledger
from leitai.results.models import Award
from leitai.rulebook import reasons
from leitai.rulebook.data import Reason
from leitai.rulebook.model import Rulebook, TrackKind

_ZONE = ZoneInfo("Asia/Shanghai")
_PLACES = re.compile(r"，授予第\d+(?:至\d+)?名")
_Record = TypeVar("_Record", bound=Signed)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the signed texts say beside serial and holder."""

    kind: str
    title: str
    delegation: str
    season: str
    reason: Mapping[str, object]
    members: str = ""
    of: TrackKind = "person"


def sign_all(drafts: Sequence[Draft[Award]], rulebook: Rulebook, at: datetime) -> list[Certificate]:
    """Unsaved records of sheets that were inspected."""
    key = Keyring.load(settings.LEITAI_KEYS).current("results")
    made = []
    for draft in drafts:
        award = draft.award
        said = _Said(
            "certificate",
            award.title,
            award.delegation.name,
            award.season.code,
            award.reason,
            draft.members,
            rulebook.tracks[award.entry.track].kind if award.entry else "team",
        )
        made.append(_sign(Certificate(award=award), draft, said, rulebook, key, at))
    return made


def sign_titles(
    drafts: Sequence[Draft[TitleCertificate]], rulebook: Rulebook, at: datetime
) -> list[TitleCertificate]:
    """The same of titles of practice; each draft is of its own unsaved record."""
    key = Keyring.load(settings.LEITAI_KEYS).current("results")
    made = []
    for draft in drafts:
        one = draft.award
        said = _Said("title-certificate", one.title, one.unit, one.season.code, one.reason)
        made.append(_sign(one, draft, said, rulebook, key, at))
    return made


def _sign(
    record: _Record,
    draft: Draft[Award] | Draft[TitleCertificate],
    said: _Said,
    rulebook: Rulebook,
    key: Key,
    at: datetime,
) -> _Record:
    serial, holder = str(draft.sheet["serial"]), str(draft.sheet["holder"])
    claim = Claim(
        serial=serial,
        holder=holder,
        award=said.title,
        delegation=said.delegation,
        season=said.season,
        day=f"{at.astimezone(_ZONE):%Y-%m-%d}",
    )
    record.serial, record.holder, record.title = serial, holder, said.title
    record.payload = _payload(said, claim, rulebook, key=key, at=at)
    record.key_id = key.id
    record.signature = suite(SUITE).sign(key.secret, record.payload)
    record.token = token.make(claim, key)
    record.qr = printing.code_of(record.token)
    record.design = draft.look.values.template
    record.sheet = draft.sheet
    record.issued_at = at
    return record


def _basis(said: _Said) -> str:
    """The reason in words; where it names the places that an award goes to, the award itself."""
    text = reasons.render(Reason.from_plain(said.reason), "zh", of=said.of)
    return _PLACES.sub(f"，授予“{said.title}”", text, count=1)


def _payload(said: _Said, claim: Claim, rulebook: Rulebook, *, key: Key, at: datetime) -> bytes:
    members = {"members": said.members} if said.members else {}  # a team's, as the paper has them
    return canonical.encode(
        {
            **members,
            "kind": said.kind,
            "serial": claim.serial,
            "season": said.season,
            "title": rulebook.title,
            "holder": claim.holder,
            "delegation": said.delegation,
            "award": said.title,
            "basis": _basis(said),
            "issuer": rulebook.host.name if rulebook.host else "",
            "issued": ledger.instant(at),
            "suite": SUITE,
            "key": key.fingerprint,
        }
    )
