"""Sign-in by an outside identity: only for people of the roster, found by a verified number.

The first time, the number that the other side vouches for names the person; afterwards its opaque
subject does. Nothing else that it tells is kept.
"""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone
from typing_extensions import override

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.people import selectors, services
from leitai.people.models import Account


class RosterSocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth: no types
    """Opens no account: whoever is on no roster stays outside."""

    @override
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    @override
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        told = _told(sociallogin)
        sociallogin.account.extra_data = {}
        if sociallogin.is_existing:  # looked up, and what was told already kept: not for long
            sociallogin.account.save(update_fields=["extra_data"])
            return
        app = sociallogin.provider.app if sociallogin.provider else None
        claims = app.settings.get("claims", {}) if app else {}
        account = _account_of(told, claims)
        if account is None:
            raise ImmediateHttpResponse(_refusal(request))
        sociallogin.connect(request, account)
        sociallogin.account.extra_data = {}
        services.record_link(account=account, provider=app.name if app else "", at=timezone.now())


def _told(sociallogin: SocialLogin) -> dict[str, Any]:
    data = sociallogin.account.extra_data
    return dict(data.get("userinfo") or data.get("id_token") or data)


def _account_of(told: dict[str, Any], claims: dict[str, str]) -> Account | None:
    """By the claims that the settings name; a phone that is told to be unverified names nobody."""
    for kind, claim in claims.items():
        if kind == "phone" and told.get(f"{claim}_verified") is False:
            continue
        value = told.get(claim)
        person = selectors.find_person_by_number(kind, str(value)) if value else None
        if person is not None:
            return services.account_of(person, at=timezone.now())
    return None


def _refusal(request: HttpRequest) -> Any:
    sentences = [text_of(DomainError("outside_unknown"))]
    context = {"sentences": sentences, "code": "outside_unknown", "back": "/account/login/"}
    return render(request, "people/outside_refused.html", context, status=403)
