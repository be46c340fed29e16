"""A script is no page."""

from __future__ import annotations

NO_PAGE = {"/practice/worker.js"}
