from __future__ import annotations

from django.urls import path

from leitai.registration.views import changes, desk, history, listing, teams, unit

app_name = "registration"
urlpatterns = [
    path("unit/<slug:season>/registration/", unit.mine, name="unit"),
    path("unit/<slug:season>/registration/new/", unit.begin, name="new"),
    path("unit/<slug:season>/registration/many/", listing.many, name="many"),
    path("unit/<slug:season>/teams/", teams.teams, name="teams"),
    path("unit/<slug:season>/teams/<int:entry>/", teams.team, name="team"),
    path("office/<slug:season>/teams/confirm/<slug:stage>/", teams.confirm, name="confirm-teams"),
    path("office/<slug:season>/registration/pass/", listing.accept_many, name="pass-many"),
    path("unit/<slug:season>/registration/<int:number>/", unit.one, name="one"),
    path("unit/<slug:season>/registration/<int:number>/submit/", unit.submit, name="submit"),
    path("unit/<slug:season>/registration/<int:number>/recall/", unit.recall, name="recall"),
    path(
        "unit/<slug:season>/registration/<int:number>/unseal/<int:file>/",
        unit.unseal,
        name="unseal",
    ),
    path("unit/<slug:season>/registration/<int:number>/open/", unit.open_scans, name="open"),
    path("unit/<slug:season>/registration/<int:number>/leave/", changes.leave, name="leave"),
    path("me/registration/<int:number>/", unit.own, name="own"),
    path("unit/<slug:season>/registration/<int:number>/drop/", unit.drop, name="drop"),
    path("unit/<slug:season>/registration/<int:number>/form.pdf", unit.paper, name="paper"),
    path("unit/<slug:season>/entries/<slug:stage>/", changes.entries, name="entries"),
    path("unit/<slug:season>/entries/change/<int:entry>/", changes.ask, name="ask"),
    path("office/<slug:season>/registration/", desk.desk, name="desk"),
    path("office/<slug:season>/registration/<int:number>/pass/", desk.accept, name="pass"),
    path("office/<slug:season>/registration/<int:number>/return/", desk.give_back, name="return"),
    path("office/<slug:season>/registration/<int:number>/refuse/", desk.refuse, name="refuse"),
    path("office/<slug:season>/registration/confirm/<slug:stage>/", desk.confirm, name="confirm"),
    path("office/<slug:season>/registration/changes/", changes.office, name="changes"),
    path(
        "office/<slug:season>/registration/changes/<int:change>/",
        changes.decide,
        name="change",
    ),
    path("office/<slug:season>/history/", history.lists, name="history"),
    path("office/<slug:season>/history/sample.xlsx", history.sample, name="history-sample"),
    path("office/<slug:season>/history/<int:listing>/", history.preview, name="history-list"),
    path("office/<slug:season>/history/<int:listing>/drop/", history.drop, name="history-drop"),
    path("office/<slug:season>/history/doubts/", history.doubts, name="doubts"),
    path("office/<slug:season>/history/doubts/<int:line>/", history.decide, name="doubt"),
]
