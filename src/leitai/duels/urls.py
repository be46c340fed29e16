from __future__ import annotations

from django.urls import path

from leitai.duels import views

app_name = "duels"
_LOBBY = "practice/<slug:season>/duels/"
_WITH = f"{_LOBBY}with/<slug:code>/"
_TABLE = f"{_LOBBY}<int:side>/"
urlpatterns = [
    path(_LOBBY, views.lobby, name="lobby"),
    path(f"{_LOBBY}meet/", views.meet, name="meet"),
    path(f"{_LOBBY}invite/", views.invite, name="invite"),
    path(_WITH, views.invited, name="invited"),
    path(f"{_WITH}join/", views.take_up, name="join"),
    path(_TABLE, views.table, name="table"),
    path(f"{_TABLE}wait/", views.wait, name="wait"),
    path(f"{_TABLE}ask/", views.ask, name="ask"),
    path(f"{_TABLE}answer/", views.answer, name="answer"),
]
