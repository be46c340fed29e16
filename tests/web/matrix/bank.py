"""What the bank brings to the matrix."""

from __future__ import annotations

FORMS = {"sittings:open-early": {"reason": "赛点断网"}}
