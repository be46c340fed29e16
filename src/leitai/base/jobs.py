"""Jobs live in PostgreSQL (Procrastinate): one queue, idempotent by their arguments."""

from __future__ import annotations

from procrastinate.contrib.django import app

__all__ = ["app"]
