from __future__ import annotations

from django.urls import path

from leitai.api.version_1 import api
from leitai.api.views import pages

app_name = "api"
urlpatterns = [
    path("api/1/", pages.root, name="root"),  # before the library's own, which has no page
    path("api/1/", api.urls),
    path("office/<slug:season>/api/", pages.tokens, name="tokens"),
    path("office/<slug:season>/api/<int:token>/revoke/", pages.revoke, name="token-revoke"),
]
