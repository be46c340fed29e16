from __future__ import annotations

from django.urls import path

from leitai.seasons import views

app_name = "seasons"
urlpatterns = [
    path("s/<slug:season>/", views.public, name="public"),
    path("s/<slug:season>/rules/", views.law, name="rules"),
    path("office/<slug:season>/", views.office, name="office"),
    path(
        "office/<slug:season>/assumptions/<slug:key>/confirm/", views.assumption, name="assumption"
    ),
    path("office/<slug:season>/calendar/", views.calendar, name="calendar"),
    path("office/<slug:season>/open/", views.opening, name="open"),
]
