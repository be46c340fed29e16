"""Writes of this room: compute, resolve ties, confirm, publish, and the signed bundle."""

from leitai.results.services.bundling import write_bundle
from leitai.results.services.computing import compute_stage, mark_outdated, mark_stale
from leitai.results.services.deciding import confirm_result, publish_result
from leitai.results.services.resolving import resolve_by_draw, resolve_by_held_draw
from leitai.results.services.telling import tell_published

__all__ = [
    "compute_stage",
    "confirm_result",
    "mark_outdated",
    "mark_stale",
    "publish_result",
    "resolve_by_draw",
    "resolve_by_held_draw",
    "tell_published",
    "write_bundle",
]
