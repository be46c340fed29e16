"""Accounts come from rosters and committees, never from a public form."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from typing_extensions import override


class RosterAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # allauth asks
        return False
