"""The few pages of allauth that the house has: accounts are opened by the roster, without e-mail.

Every page here has its own template in our look and language. allauth reverses the other names.
"""

from __future__ import annotations

from allauth.account import views
from django.urls import path, reverse_lazy
from django.views.generic import RedirectView, TemplateView

CHANGE = RedirectView.as_view(url=reverse_lazy("account_change_password"))
ASK_THE_OFFICE = RedirectView.as_view(url=reverse_lazy("account_reset_password"))
FORGOTTEN = TemplateView.as_view(template_name="account/password_reset.html")

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("email/", CHANGE, name="account_email"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", ASK_THE_OFFICE, name="account_set_password"),
    path("password/reset/", FORGOTTEN, name="account_reset_password"),
]
