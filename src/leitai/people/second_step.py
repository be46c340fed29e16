"""The second step after the password, for those who hold items, keys, results or people in bulk.

An authenticator's secret is sealed like a personal number. What allauth shows and asks stands in
our look and language in templates/mfa.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, cast

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.base.doors import Door
from leitai.base.errors import text_of
from leitai.base.sealing import SealedColumn
from leitai.documents import qr
from leitai.kernel.errors import DomainError
from leitai.people import selectors
from leitai.people.enums import BULK_HOLDERS
from leitai.people.middleware import is_sessionless
from leitai.people.models import Account
from leitai.people.rules import is_own_contest

PLACE: Final = "second-step"
DONE: Final = "second_step"  # the session's mark that its account has one
REQUIRED: Final = "required"
TRIES: Final = Door("second.step", 10, timedelta(minutes=15))
# What somebody without the second step must still reach.
_OPEN: Final = frozenset(
    {
        "mfa_activate_totp",
        "account_reauthenticate",
        "account_logout",
        "account_change_password",
        "people:consent",
        "people:privacy",
        "set_language",
        "web:health",
    }
)
View = Callable[[HttpRequest], HttpResponse]


class SealedAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets at rest are sealed; a bulk holder does not take the second step off again."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("您的职责要求两步验证，不能关闭。"),
        "incorrect_code": _("验证码不对。请核对手机上的6位数字，并确认手机时间准确。"),
    }

    @override
    def encrypt(self, text: str) -> str:
        return sealing.seal(text, place=PLACE)

    @override
    def decrypt(self, encrypted_text: str) -> str:
        return sealing.open_sealed(encrypted_text, place=PLACE)

    @override
    def get_totp_issuer(self) -> str:
        return "擂台"

    @override
    def get_totp_label(self, user: AbstractBaseUser) -> str:
        account = cast("Account", user)
        return account.display_name or account.username

    @override
    def build_totp_svg(self, url: str) -> str:
        return qr.draw(url).svg

    @override
    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not (is_required() and _holds_in_bulk(authenticator.user))


class _CountedCode(forms.Form):
    """A wrong code uses up one of the account's tries, in whatever process it was typed."""

    user: Account

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("验证码")
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}

    def clean_code(self) -> str:
        try:
            TRIES.knock(str(self.user.pk), at=timezone.now())
        except DomainError as refused:
            raise forms.ValidationError(text_of(refused), code=refused.code) from None
        code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form behind this one
        TRIES.forget(str(self.user.pk))
        return code


class SecondStepForm(_CountedCode, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """At the door, after the password; a recovery code is good here too."""


class AgainForm(_CountedCode, ReauthenticateForm):  # type: ignore[misc]  # as above
    """Before something weighty."""


class FirstCodeForm(_CountedCode, ActivateTOTPForm):  # type: ignore[misc]  # as above
    """The first code proves that the phone has read the square."""

    @property
    def grouped(self) -> str:
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


class SecondStepMiddleware:
    """Leads who holds something in bulk, and has no second step yet, to where it is set up."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_required() or is_sessionless(request):
            return self.get_response(request)
        if SESSION_KEY not in request.session or DONE in request.session:
            return self.get_response(request)
        if not _bulk(request.actor):  # type: ignore[attr-defined]  # put there by the door
            return self.get_response(request)
        if Authenticator.objects.filter(user=request.user.pk, type="totp").exists():
            request.session[DONE] = True
            return self.get_response(request)
        if _name_of(request) in _OPEN:
            return self.get_response(request)
        return redirect("mfa_activate_totp")


def is_required() -> bool:
    """LEITAI_SECOND_STEP: "required", or "offered" where nothing real is kept."""
    return bool(settings.LEITAI_SECOND_STEP == REQUIRED)


def register() -> None:
    """Authenticators' secrets follow a change of the field key."""
    for entry in ("secret", "seed"):
        sealing.register(
            SealedColumn(
                model="mfa.Authenticator",
                column="data",
                entry=entry,
                place=PLACE,
                get=_getter(entry),
                put=_putter(entry),
            )
        )


def svg_uri(svg: str) -> str:
    """A drawing as an image's address: the content policy lets `data:` images in."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _getter(entry: str) -> Callable[[Authenticator], str]:
    return lambda row: str(row.data.get(entry, ""))


def _putter(entry: str) -> Callable[[Authenticator, str], None]:
    def put(row: Authenticator, sealed: str) -> None:
        row.data = row.data | {entry: sealed}

    return put


def _bulk(actor: Actor) -> bool:
    """The office of a contest for the own unit holds no more than the unit's manager does."""
    return any(
        held.role in BULK_HOLDERS and not is_own_contest(held.season) for held in actor.appointments
    )


def _holds_in_bulk(account: Account) -> bool:
    return _bulk(selectors.actor_of(account, at=timezone.now()))


def _name_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
