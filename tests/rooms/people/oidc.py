"""A small OpenID provider of our own, over real HTTP on this machine."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "leitai", "secret-of-the-client"


class Provider:
    """Whoever comes is `claims`; `asked` keeps what the authorisation was asked with."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {"sub": "u-1"}
        self.codes: dict[str, dict[str, str]] = {}
        self.refuses = False

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.origin,
            "authorization_endpoint": f"{self.origin}/authorize",
            "token_endpoint": f"{self.origin}/token",
            "userinfo_endpoint": f"{self.origin}/userinfo",
            "jwks_uri": f"{self.origin}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def authorise(self, asked: dict[str, str]) -> str:
        back, state = asked["redirect_uri"], asked["state"]
        if self.refuses:
            return f"{back}?{urlencode({'error': 'access_denied', 'state': state})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{back}?{urlencode({'code': code, 'state': state})}"

    def token(self, form: dict[str, str], authorisation: str) -> dict[str, Any]:
        """One use a code; the secret and the proof of PKCE are demanded."""
        asked = self.codes.pop(form["code"])
        expected = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        challenge = base64.urlsafe_b64encode(
            hashlib.sha256(form["code_verifier"].encode()).digest()
        ).rstrip(b"=")
        if authorisation != expected or challenge.decode() != asked["code_challenge"]:
            return {"error": "invalid_grant"}
        now = int(time.time())
        told = {"iss": self.origin, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims}
        return {
            "access_token": "access",
            "token_type": "Bearer",
            "id_token": jwt.encode(told, self.key, algorithm="RS256", headers={"kid": "one"}),
        }


@contextmanager
def running() -> Iterator[Provider]:
    """Serve until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.provider = Provider(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.provider  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        if path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(query).items()}
            self.send_response(302)
            self.send_header("Location", provider.authorise(asked))
            self.end_headers()
        elif path == "/.well-known/openid-configuration":
            self._answer(provider.configuration())
        elif path == "/userinfo" and self.headers["Authorization"] == "Bearer access":
            self._answer(provider.claims)
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._answer(provider.token(form, self.headers.get("Authorization", "")))

    def _answer(self, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(400 if "error" in said else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet: tests read what the pages say."""
