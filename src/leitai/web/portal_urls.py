from __future__ import annotations

from django.urls import path

from leitai.web import views
from leitai.web.light import views as light

app_name = "web"
urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("me/", views.mine, name="mine"),
    path("unit/<slug:season>/", views.unit, name="unit"),
    path("me/calendar/", views.my_calendar, name="my-calendar"),
    path("ical/<str:token>/calendar.ics", views.personal_feed, name="personal-feed"),
    path("supervision/<slug:season>/", views.supervise, name="supervision"),
    path("contests/", light.contests, name="contests"),
    path("contests/<slug:season>/", light.contest, name="contest"),
    *(
        path(f"contests/<slug:season>/{step.__name__}/", step, name=f"contest-{step.__name__}")
        for step in (
            light.roster,
            light.questions,
            light.paper,
            light.time,
            light.go,
            light.scores,
            light.rank,
            light.certify,
            light.drop,
        )
    ),
    path("state/", views.state, name="state"),
    path("healthz", views.health, name="health"),
]
