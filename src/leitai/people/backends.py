"""Signing in with the name of the account, or with phone, ID or staff number."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from typing_extensions import override

from leitai.people import selectors


class LoginNameBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """An unknown name costs the same hash as a known one: nobody learns which names exist."""

    @override
    def _authenticate(
        self, request: HttpRequest | None, **credentials: Any
    ) -> AbstractBaseUser | None:
        account = (
            credentials["found"]  # the door has looked already
            if "found" in credentials
            else selectors.find_by_login(credentials.get("username") or "")
        )
        found: AbstractBaseUser | None = self._check_password(
            account, credentials.get("password") or ""
        )
        return found
