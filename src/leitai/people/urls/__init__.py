from __future__ import annotations

from leitai.people.urls import appointing, passes, roster, signing

app_name = "people"
urlpatterns = [
    *signing.urlpatterns,  # before the roster's, whose addresses hold any code
    *roster.urlpatterns,
    *passes.urlpatterns,
    *appointing.urlpatterns,
    *roster.last,
]
