"""The few pages of allauth that the house has: accounts are opened by the roster, without e-mail.

Every page here has its own template in our look and language. allauth reverses the other names.
"""

from __future__ import annotations

from contextlib import nullcontext

from allauth.account import views
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, reverse_lazy
from django.views.generic import RedirectView, TemplateView

CHANGE = RedirectView.as_view(url=reverse_lazy("account_change_password"))
ASK_THE_OFFICE = RedirectView.as_view(url=reverse_lazy("account_reset_password"))
FORGOTTEN = TemplateView.as_view(template_name="account/password_reset.html")
OUTSIDE = TemplateView.as_view(template_name="socialaccount/authentication_error.html")
TO_LOGIN = RedirectView.as_view(url=reverse_lazy("account_login"))


def login(request: HttpRequest) -> HttpResponse:
    """One transaction a sign-in: counters, session and date are flushed to disk together.

    A wrong password is no exception here, so its try is counted all the same.
    """
    with transaction.atomic() if request.method == "POST" else nullcontext():
        answer: HttpResponse = views.login(request)
        return answer


urlpatterns = [
    path("login/", login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("two/", include("allauth.mfa.urls")),
    path("outside/login/cancelled/", OUTSIDE, name="socialaccount_login_cancelled"),
    path("outside/login/error/", OUTSIDE, name="socialaccount_login_error"),
    path("outside/signup/", TO_LOGIN, name="socialaccount_signup"),
    path("outside/", TO_LOGIN, name="socialaccount_connections"),
    path("outside/oidc/<slug:provider_id>/login/", oidc.login, name="openid_connect_login"),
    path(
        "outside/oidc/<slug:provider_id>/login/callback/",
        oidc.callback,
        name="openid_connect_callback",
    ),
    path("email/", CHANGE, name="account_email"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", ASK_THE_OFFICE, name="account_set_password"),
    path("password/reset/", FORGOTTEN, name="account_reset_password"),
]
