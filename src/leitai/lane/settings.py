"""What the lane must be told, and the bounds that it keeps."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from leitai.kernel.errors import DomainError

DEFAULT_BIND: Final = "127.0.0.1:8001"


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """Bounds of the HTTP layer. Sizes in bytes, times in seconds."""

    headers: int = 64
    head_bytes: int = 16 * 1024
    target_bytes: int = 1024
    body_bytes: int = 64 * 1024
    pipelined: int = 32  # requests waiting behind the one in hand, on one connection
    connections: int = 20_000
    message_seconds: float = 30.0  # from the first byte of a request to its last
    idle_seconds: float = 120.0  # longer than any save interval, or each save would reconnect
    answer_seconds: float = 60.0  # for the server to answer, and for the client to take the answer
    linger_seconds: float = 5.0  # reading on after a refusal, so that the refusal arrives
    linger_bytes: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """All of the lane's settings; frozen, made once at start. Times in seconds."""

    database_url: str
    keys: Path
    host: str = "127.0.0.1"
    port: int = 8001
    origins: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")  # whose X-Forwarded-For is believed
    http: HttpLimits = field(default_factory=HttpLimits)
    batches: int = 20_000  # of one sitting; a person with 200 questions makes a few thousand
    journal_bytes: int = 16 * 1024 * 1024  # of one sitting
    queue: int = 8192  # saves waiting for the writer; more are answered 503
    batch: int = 1024  # saves in one commit
    tasks: int = 4096  # requests that wait for the database; more are answered 503
    readers: int = 4  # database connections beside the writer's and the sweeper's
    sweep_seconds: float = 0.25
    refresh_seconds: float = 3.0
    presence_seconds: float = 2.0
    wrong_codes: int = 20  # a minute and address
    start_seconds: float = 30.0  # how long to wait for the database at start

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read ``LEITAI_…``; a missing or wrong one is a DomainError("setting_wrong")."""
        env = os.environ if environ is None else environ
        host, port = parse_bind(env.get("LEITAI_LANE_BIND", DEFAULT_BIND))
        return cls(
            database_url=_demand(env, "LEITAI_DATABASE_URL"),
            keys=Path(_demand(env, "LEITAI_KEYS")),
            host=host,
            port=port,
            origins=_listed(env.get("LEITAI_ORIGINS", "")),
            proxies=_listed(env.get("LEITAI_LANE_PROXIES", "127.0.0.1,::1")),
        )


def parse_bind(text: str) -> tuple[str, int]:
    """Split ``host:port``; IPv6 hosts stand in brackets."""
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdecimal() or int(port) > 65535:
        raise DomainError("setting_wrong", name="LEITAI_LANE_BIND", value=text)
    return host, int(port)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip().rstrip("/") for part in text.split(",") if part.strip())


def _demand(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "")
    if not value:
        raise DomainError("setting_wrong", name=name, value=value)
    return value
