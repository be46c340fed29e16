"""The file of outside sign-ins (统一身份认证, 政务微信, 钉钉 …): OpenID Connect, TOML.

    [[provider]]
    id = "gov"                       # stands in the addresses
    name = "省统一身份认证平台"
    server = "https://id.example.gov.cn"
    client = "leitai"
    secret_file = "/etc/leitai/gov.secret"
    phone = "phone_number"           # the claim with the verified phone number, if any
    staff_number = "employee_no"     # the claim with the staff number, if any
    scope = "openid profile phone"   # what is asked for; this is the default

Read by the settings, so it knows no Django. docs/ports.md says what the other side must give.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from leitai.kernel.errors import DomainError

_NEEDED = ("id", "name", "server", "client", "secret_file")
CLAIMS = ("phone", "staff_number")
SCOPE = "openid profile phone"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def read(file: str) -> dict[str, Any]:
    """Django-allauth's settings for the file; nothing for none. Raises outside_settings."""
    if not file:
        return {}
    path = Path(file)
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("provider", [])
    except (OSError, tomllib.TOMLDecodeError):
        raise DomainError("outside_settings", file=file, key="TOML") from None
    return {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_app(file, one) for one in rows]}
    }


def origins(providers: dict[str, Any]) -> list[str]:
    """Where a sign-in form may lead: the content policy names them."""
    apps = providers.get("openid_connect", {}).get("APPS", [])
    return [
        "{0.scheme}://{0.netloc}".format(urlsplit(one["settings"]["server_url"])) for one in apps
    ]


def _app(file: str, row: dict[str, Any]) -> dict[str, Any]:
    for key in _NEEDED:
        if not isinstance(row.get(key), str) or not row[key]:
            raise DomainError("outside_settings", file=file, key=key)
    claims = {key: row[key] for key in CLAIMS if row.get(key)}
    server = urlsplit(row["server"])
    # Tokens come straight from the server: without TLS they would be anybody's.
    if not claims or (server.scheme != "https" and server.hostname not in _LOOPBACK):
        raise DomainError("outside_settings", file=file, key="server" if claims else "phone")
    try:
        secret = Path(row["secret_file"]).read_text(encoding="utf-8").strip()
    except OSError:
        raise DomainError("outside_settings", file=file, key="secret_file") from None
    return {
        "provider_id": row["id"],
        "name": row["name"],
        "client_id": row["client"],
        "secret": secret,
        "settings": {
            "server_url": row["server"],
            "claims": claims,
            "scope": str(row.get("scope", SCOPE)).split(),
        },
    }
