from __future__ import annotations

from django.urls import path

from leitai.web import views

app_name = "web"
urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("me/", views.mine, name="mine"),
    path("unit/<slug:season>/", views.unit, name="unit"),
    path("state/", views.state, name="state"),
    path("healthz", views.health, name="health"),
]
