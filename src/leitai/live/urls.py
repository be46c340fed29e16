from __future__ import annotations

from django.urls import path

from leitai.live.views import desk, screens

app_name = "live"
_DESK = "office/<slug:season>/live/"
_MATCH = f"{_DESK}<slug:match>/"
_STAGE = "live/<slug:season>/<slug:match>/"
urlpatterns = [
    path(_DESK, desk.listing, name="matches"),
    path(f"{_DESK}new/", desk.new, name="new"),
    path(_MATCH, desk.match, name="match"),
    path(f"{_MATCH}seats/", desk.seats, name="seats"),
    path(f"{_MATCH}questions/", desk.questions, name="questions"),
    path(f"{_MATCH}do/<slug:act>/", desk.do, name="do"),
    path(f"{_MATCH}cards/", desk.cards, name="cards"),
    path(f"{_MATCH}protocol.pdf", desk.record, name="protocol"),
    path(f"{_MATCH}tables.zip", desk.export, name="export"),
    path(f"{_MATCH}paddles/", screens.paddle, name="paddles"),
    path("live/seat/", screens.seat, name="seat"),
    path("live/seats/", screens.together, name="together"),
    path(f"{_STAGE}host/", screens.host, name="host"),
    path(f"{_STAGE}hall/", screens.hall, name="hall"),
    path(f"{_STAGE}watch/", screens.watch, name="watch"),
]
