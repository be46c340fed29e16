from __future__ import annotations

from django.urls import path

from leitai.web import standing, views
from leitai.web.light import views as light
from leitai.web.practice_exams import views as practice_exams

app_name = "web"
_DESK, _EXAMS = "office/<slug:season>/practice/exams/", "practice/<slug:season>/exams/"
urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("me/", views.mine, name="mine"),
    path("unit/<slug:season>/", views.unit, name="unit"),
    path("me/calendar/", views.my_calendar, name="my-calendar"),
    path("ical/<str:token>/calendar.ics", views.personal_feed, name="personal-feed"),
    path("supervision/<slug:season>/", views.supervise, name="supervision"),
    path("office/<slug:season>/results/<slug:stage>/tables.zip", views.recompute, name="recompute"),
    path("s/<slug:season>/results/<slug:stage>/hall/", standing.hall, name="standing"),
    path("contests/", light.contests, name="contests"),
    path("contests/questions.xlsx", light.sample, name="contest-sample"),
    path("contests/<slug:season>/", light.contest, name="contest"),
    *(
        path(f"contests/<slug:season>/{step.__name__}/", step, name=f"contest-{step.__name__}")
        for step in (
            light.roster,
            light.questions,
            light.bank,
            light.paper,
            light.time,
            light.go,
            light.scores,
            light.rank,
            light.certify,
            light.drop,
        )
    ),
    path(_DESK, practice_exams.desk, name="practice-desk"),
    path(f"{_DESK}<slug:drill>/", practice_exams.tries, name="practice-exam-tries"),
    path(f"{_DESK}<slug:drill>/drop/", practice_exams.drop, name="practice-exam-drop"),
    path(_EXAMS, practice_exams.listed, name="practice-exams"),
    path(f"{_EXAMS}<slug:drill>/", practice_exams.exam, name="practice-exam"),
    path(f"{_EXAMS}<slug:drill>/join/", practice_exams.join, name="practice-exam-join"),
    path("state/", views.state, name="state"),
    path("healthz", views.health, name="health"),
]
