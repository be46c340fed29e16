"""Which privacy notice is in force. Its text stands in templates/people/privacy/, by language."""

from __future__ import annotations

from typing import Final

# A new text is a new version: everybody is asked again at the next page.
VERSION: Final = "2026-11"
