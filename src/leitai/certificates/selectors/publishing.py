"""What a stranger needs to check codes without this house: keys, status list, the page itself."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from leitai.certificates import token
from leitai.certificates.models import Certificate, Series, TitleCertificate
from leitai.design import assets
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import SUITE
from leitai.keyring import Keyring
from leitai.ledger import services as ledger
from leitai.seasons import selectors as seasons

ENTRY: Final = "frontend/src/islands/certificate/main.ts"
STYLE: Final = "frontend/src/islands/certificate/page.css"
_ZONE: Final = ZoneInfo("Asia/Shanghai")


def keys_file(*, at: datetime) -> dict[str, str]:
    """The public keys that ever signed certificates, and the seasons' names, signed."""
    ring = Keyring.load(settings.LEITAI_KEYS)
    body = {
        "at": ledger.instant(at),
        "keys": [
            {"id": key.id, "public": (key.public or b"").hex(), "fingerprint": key.fingerprint}
            for key in ring.all("results")
        ],
        "seasons": _seasons(),
        "suite": SUITE,
    }
    return token.signed_file(_text(body), token.KEYS, ring.current("results"))


def status_file(*, at: datetime) -> dict[str, str]:
    """Which numbers were given, and which of them hold no longer, as of `at`, signed."""
    ring = Keyring.load(settings.LEITAI_KEYS)
    fallen = [
        row
        for model in (Certificate, TitleCertificate)
        for row in model.objects.exclude(revoked_at=None)
        .order_by("serial")
        .values_list("serial", "revoked_at", "superseded_by__serial")
    ]
    body = {
        "at": ledger.instant(at),
        "revoked": {
            serial: {"on": ledger.instant(on or at), "by": by or ""} for serial, on, by in fallen
        },
        "series": dict(Series.objects.order_by("prefix").values_list("prefix", "last")),
    }
    return token.signed_file(_text(body), token.STATUS, ring.current("results"))


def data_script(*, at: datetime) -> str:
    """Both files as a script: a page opened from a disk may load a script, but not a file."""
    data = {"keys": keys_file(at=at), "status": status_file(at=at)}
    text = json.dumps(data, ensure_ascii=True).replace("<", "\\u003c")
    return f"window.leitaiCertificates = {text};\n"


def static_files(*, at: datetime) -> dict[str, str]:
    """Every file of the page that checks on any static host, or from a disk, by its path."""
    script = assets.built_file(ENTRY)
    if script is None:
        raise DomainError("certificate_page_unbuilt")
    style = next((one for one in assets.files_of(ENTRY) if one.endswith(".css")), "")
    keys_page = settings.LEITAI_PUBLIC_URL.rstrip("/") + reverse("certificates:fingerprints")
    return {
        "c/v/index.html": render_to_string("certificates/static.html", {"keys_page": keys_page}),
        "c/v/check.js": f"(function () {{\n{script.read_text(encoding='utf-8')}\n}})();\n",
        "c/v/check.css": (assets.DIST / style).read_text(encoding="utf-8") if style else "",
        "c/v/data.js": data_script(at=at),
        "c/v/keys.json": json.dumps(keys_file(at=at), ensure_ascii=False, indent=1) + "\n",
        "c/v/status.json": json.dumps(status_file(at=at), ensure_ascii=False, indent=1) + "\n",
    }


def offline_zip(*, at: datetime) -> bytes:
    """The same files as one, for whoever keeps them on a disk."""
    out = BytesIO()
    day = at.astimezone(_ZONE).timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, text in static_files(at=at).items():
            folder.writestr(zipfile.ZipInfo(name, day), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _seasons() -> dict[str, dict[str, str]]:
    awards = Certificate.objects.order_by().values_list("award__season__code", flat=True)
    titles = TitleCertificate.objects.order_by().values_list("season__code", flat=True)
    codes = {*awards.distinct(), *titles.distinct()}
    found = {}
    for season in seasons.list_seasons():
        if season.code in codes:
            rulebook = seasons.rulebook_of(season)
            issuer = rulebook.host.name if rulebook.host else ""
            found[season.code] = {"title": rulebook.title, "issuer": issuer}
    return found


def _text(body: Mapping[str, object]) -> str:
    return canonical.encode(body).decode()
