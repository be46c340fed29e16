from __future__ import annotations

from django.urls import path

from leitai.ledger.views import browsing, proposals

app_name = "ledger"
urlpatterns = [
    path("ledger/<slug:season>/", browsing.chain, name="chain"),
    path("ledger/<slug:season>/export/", browsing.export, name="export"),
    path("ledger/<slug:season>/checkpoint/", browsing.checkpoint, name="checkpoint"),
    path("ledger/<slug:season>/<int:seq>/", browsing.entry, name="entry"),
    path("acts/", proposals.acts, name="acts"),
    path("acts/<int:proposal>/", proposals.act, name="act"),
    path("acts/<int:proposal>/approve/", proposals.approve, name="approve"),
    path("acts/<int:proposal>/reject/", proposals.reject, name="reject"),
    path("acts/<int:proposal>/withdraw/", proposals.withdraw, name="withdraw"),
    path("acts/<int:proposal>/renew/", proposals.renew, name="renew"),
]
