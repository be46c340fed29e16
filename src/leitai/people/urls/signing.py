from __future__ import annotations

from django.urls import URLPattern, path

from leitai.people.views import signing, slips

urlpatterns: list[URLPattern] = [
    path("activate/", signing.activate, name="activate"),
    path("activate/who/", signing.who, name="who"),
    path("activate/password/", signing.choose, name="choose"),
    path("privacy/", signing.notice, name="privacy"),
    path("account/", signing.account, name="account"),
    path("account/consent/", signing.consent, name="consent"),
    path("account/elsewhere/", signing.sign_out_elsewhere, name="elsewhere"),
    path("people/slips/", slips.slips, name="slips"),
    path("people/reset/<str:person>/", slips.reset, name="reset"),
]
