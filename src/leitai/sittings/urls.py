from __future__ import annotations

from django.urls import path

from leitai.sittings.views import arranging, papers
from leitai.sittings.views import console as views

app_name = "sittings"
_EXAM = "office/<slug:season>/exams/<slug:exam>/"
urlpatterns = [
    path("office/<slug:season>/exams/", views.exams, name="exams"),
    path("office/<slug:season>/exams/new/", arranging.new, name="exam-new"),
    path("office/<slug:season>/exams/papers/", papers.listing, name="papers"),
    path("office/<slug:season>/exams/papers/new/", papers.new, name="papers-new"),
    path(_EXAM, views.console, name="console"),
    path(f"{_EXAM}live/", views.console_live, name="console-live"),
    path(f"{_EXAM}extend/", views.extend, name="extend"),
    path(f"{_EXAM}close/", views.close, name="close"),
    path(f"{_EXAM}open-early/", views.open_early, name="open-early"),
    path(f"{_EXAM}tickets/", views.tickets, name="tickets"),
    path(f"{_EXAM}seating/", arranging.seating, name="seating"),
    path(f"{_EXAM}seats/", arranging.seats, name="seats"),
    path(f"{_EXAM}move/", arranging.move, name="move"),
    path(f"{_EXAM}cancel/", arranging.cancel, name="cancel"),
    path("exam/", views.room, name="room"),
]
