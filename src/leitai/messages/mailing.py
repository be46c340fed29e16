"""Mail settings from one address: smtp://user:password@host:587, smtps:// for TLS from the start.

Plain Python, read by the settings. Empty: letters are written as files.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

_BACKENDS = "django.core.mail.backends."
_PORTS = {"smtp": 587, "smtps": 465}


def read(url: str, folder: Path) -> dict[str, object]:
    """Django's settings for `url`. "smtp://host?tls=0" switches STARTTLS off, for a local relay."""
    if not url:
        return {
            "EMAIL_BACKEND": f"{_BACKENDS}filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(folder),
        }
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("LEITAI_MAIL_URL")  # not the address itself: it holds a password
    return {
        "EMAIL_BACKEND": f"{_BACKENDS}smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.query != "tls=0",
        "EMAIL_TIMEOUT": 20,
    }
