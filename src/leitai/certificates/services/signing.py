"""Make a certificate's record: the signed payload, the signed text of its code, the code itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from leitai.certificates import printing, token
from leitai.certificates.models import Certificate
from leitai.certificates.preflight import Draft
from leitai.certificates.token import Claim
from leitai.kernel import canonical
from leitai.kernel.suites import SUITE, suite
from leitai.keyring import Key, Keyring
from leitai.ledger import services as ledger
from leitai.results.models import Award
from leitai.rulebook import reasons
from leitai.rulebook.data import Reason
from leitai.rulebook.model import Rulebook

_ZONE = ZoneInfo("Asia/Shanghai")


def sign_all(drafts: Sequence[Draft], rulebook: Rulebook, at: datetime) -> list[Certificate]:
    """Unsaved records of sheets that were inspected."""
    key = Keyring.load(settings.LEITAI_KEYS).current("results")
    return [_signed(draft, rulebook, key, at) for draft in drafts]


def _signed(draft: Draft, rulebook: Rulebook, key: Key, at: datetime) -> Certificate:
    award, serial = draft.award, str(draft.sheet["serial"])
    holder = str(draft.sheet["holder"])
    payload = _payload(award, holder, rulebook, serial=serial, key=key, at=at)
    claim = Claim(
        serial=serial,
        holder=holder,
        award=award.title,
        delegation=award.delegation.name,
        season=award.season.code,
        day=f"{at.astimezone(_ZONE):%Y-%m-%d}",
    )
    text = token.make(claim, key)
    return Certificate(
        serial=serial,
        award=award,
        holder=holder,
        title=award.title,
        payload=payload,
        key_id=key.id,
        signature=suite(SUITE).sign(key.secret, payload),
        token=text,
        qr=printing.code_of(text),
        design=draft.look.values.template,
        sheet=draft.sheet,
        issued_at=at,
    )


def _payload(
    award: Award, holder: str, rulebook: Rulebook, *, serial: str, key: Key, at: datetime
) -> bytes:
    return canonical.encode(
        {
            "kind": "certificate",
            "serial": serial,
            "season": award.season.code,
            "title": rulebook.title,
            "holder": holder,
            "delegation": award.delegation.name,
            "award": award.title,
            "basis": reasons.render(Reason.from_plain(award.reason), "zh"),
            "issuer": rulebook.host.name if rulebook.host else "",
            "issued": ledger.instant(at),
            "suite": SUITE,
            "key": key.fingerprint,
        }
    )
