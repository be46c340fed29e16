from __future__ import annotations

from django.urls import path

from leitai.units.views import changing, delegations, importing, tree

app_name = "units"
urlpatterns = [
    path("units/", tree.units, name="units"),
    path("units/import/", importing.upload, name="import"),
    path("units/import/<int:draft>/", importing.preview, name="preview"),
    path("units/<str:unit>/", tree.unit, name="unit"),
    path("units/<str:unit>/new/", changing.create, name="create"),
    path("units/<str:unit>/edit/", changing.edit, name="edit"),
    path("units/<str:unit>/rename/", changing.rename, name="rename"),
    path("units/<str:unit>/move/", changing.move, name="move"),
    path("units/<str:unit>/merge/", changing.merge, name="merge"),
    path("units/<str:unit>/close/", changing.close, name="close"),
    path("units/<str:unit>/reopen/", changing.reopen, name="reopen"),
    path("office/<slug:season>/delegations/", delegations.page, name="delegations"),
    path("office/<slug:season>/delegations/new/", delegations.new, name="delegation-new"),
    path("office/<slug:season>/delegations/part/", delegations.part, name="delegation-part"),
    path("office/<slug:season>/delegations/remove/", delegations.remove, name="delegation-remove"),
]
