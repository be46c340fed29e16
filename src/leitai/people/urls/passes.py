from __future__ import annotations

from django.urls import path

from leitai.people.views import passes as views

OFFICE = "office/<slug:season>/passes/"
urlpatterns = [
    path("pass/", views.enter, name="pass_enter"),
    path(OFFICE, views.office, name="passes"),
    path(OFFICE + "new/", views.issue, name="pass_issue"),
    path(OFFICE + "<int:card>/release/", views.release, name="pass_release"),
    path(OFFICE + "<int:card>/withdraw/", views.withdraw, name="pass_withdraw"),
]
