from __future__ import annotations

from django.urls import path

from leitai.sittings import views

app_name = "sittings"
_EXAM = "office/<slug:season>/exams/<slug:exam>/"
urlpatterns = [
    path("office/<slug:season>/exams/", views.exams, name="exams"),
    path(_EXAM, views.console, name="console"),
    path(f"{_EXAM}live/", views.console_live, name="console-live"),
    path(f"{_EXAM}extend/", views.extend, name="extend"),
    path(f"{_EXAM}close/", views.close, name="close"),
    path(f"{_EXAM}open-early/", views.open_early, name="open-early"),
    path(f"{_EXAM}tickets/", views.tickets, name="tickets"),
    path("exam/", views.room, name="room"),
]
