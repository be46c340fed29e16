"""Where the stage and its spectators listen: the lane's settings, one and two ports further on."""

import dataclasses
import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from leitai.lane.settings import DEFAULT_BIND, Settings, parse_bind


def stage_bind(environ: Mapping[str, str] | None = None) -> str:
    """Give ``host:port`` of the stage."""
    return _bind("LEITAI_STAGE_BIND", 1, environ)


def watch_bind(environ: Mapping[str, str] | None = None) -> str:
    """Give ``host:port`` of the spectators' process."""
    return _bind("LEITAI_WATCH_BIND", 2, environ)


def _bind(name: str, after: int, environ: Mapping[str, str] | None) -> str:
    env = os.environ if environ is None else environ
    if env.get(name):
        return env[name]
    host, port = parse_bind(env.get("LEITAI_LANE_BIND", DEFAULT_BIND))
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{port + after if port else 0}"


def stage_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The lane's settings, listening where the stage does."""
    host, port = parse_bind(stage_bind(environ))
    return dataclasses.replace(Settings.from_environment(environ), host=host, port=port)


def watch_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The lane's settings, listening where the spectators come in."""
    host, port = parse_bind(watch_bind(environ))
    return dataclasses.replace(Settings.from_environment(environ), host=host, port=port)


def stage_url(environ: Mapping[str, str] | None = None) -> str:
    """Where the spectators' process finds the stage: on its own machine, unless it is said."""
    env = os.environ if environ is None else environ
    return env.get("LEITAI_STAGE_FEED") or f"ws://{stage_bind(environ)}"


def public_url(lane: str, after: int) -> str:
    """Where a browser finds a socket, from the lane's address.

    A bare host has everything behind one proxy, which knows the sockets by their paths.
    """
    parts = urlsplit(lane)
    scheme = "wss" if parts.scheme == "https" else "ws"
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{scheme}://{host}:{parts.port + after}" if parts.port else f"{scheme}://{host}"
