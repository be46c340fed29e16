"""Every route of the house. A route that is not in the permission matrix fails the tests."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("leitai.web.portal_urls")),
    path("account/", include("leitai.web.account_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
for room in (
    "design",
    "ledger",
    "files",
    "units",
    "people",
    "messages",
    "bank",
    "seasons",
    "orders",
    "registration",
    "sittings",
    "practice",
    "judging",
    "live",
    "marking",
    "lectures",
    "training",
    "duels",
    "results",
    "notices",
    "newsroom",
    "certificates",
    "paperwork",
    "insight",
    "api",
):
    try:
        urlpatterns.append(path("", include(f"leitai.{room}.urls")))
    except ModuleNotFoundError as missing:
        if missing.name != f"leitai.{room}.urls":
            raise
