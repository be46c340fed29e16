"""What allauth asks the house: who may sign up (nobody), and how often one may be wrong."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.people import selectors, throttling


class RosterAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("登录名或密码不正确。"),
        "incorrect_password": _("密码不正确。"),
    }

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # allauth asks
        return False

    @override
    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Sign-in and asking again for the password both come through here."""
        name, at = credentials.get("username") or "", timezone.now()
        peer = throttling.peer_of(request)
        found = selectors.find_by_login(name)  # once, for the door and for the backend
        whose = found.pk if found else None
        try:
            throttling.begin_sign_in(name, peer, account=whose, at=at)
        except DomainError as refused:
            raise ValidationError(text_of(refused), code=refused.code) from None
        account: AbstractBaseUser | None = super().authenticate(request, **credentials, found=found)
        throttling.end_sign_in(name, peer, account=whose, right=account is not None, at=at)
        return account

    @override
    def get_client_ip(self, request: HttpRequest) -> str:
        return throttling.peer_of(request)
