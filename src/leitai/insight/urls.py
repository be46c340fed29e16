from __future__ import annotations

from django.urls import path

from leitai.insight.views import boards, figures, reports, rubrics

app_name = "insight"
_UNIT = "figures/<slug:season>/<str:unit>/"
_ALL, _ONE = "office/<slug:season>/reports/", "office/<slug:season>/reports/<int:report>/"
_DRAFT = "office/<slug:season>/reports/<int:draft>/"
_RUBRIC = "office/<slug:season>/organisation/<slug:award>/"
urlpatterns = [
    path("s/<slug:season>/figures/", boards.boards, name="boards"),
    path("figures/<slug:season>/", figures.home, name="home"),
    path(_UNIT, figures.figures, name="figures"),
    path(f"{_UNIT}figures.xlsx", figures.sheet, name="sheet"),
    path(f"{_UNIT}weeks/", figures.weeks, name="weeks"),
    path(f"{_UNIT}topics/", figures.topics, name="topics"),
    path(f"{_UNIT}people/", figures.people, name="people"),
    path(f"{_UNIT}reports/", figures.reports, name="unit-reports"),
    path(f"{_UNIT}reports/<int:issued>/paper.<str:ending>", figures.paper, name="unit-paper"),
    path(_RUBRIC, rubrics.rubric, name="rubric"),
    path(f"{_RUBRIC}rubric.xlsx", rubrics.sheet, name="rubric-sheet"),
    path(f"{_RUBRIC}units/<str:unit>/", rubrics.why, name="rubric-why"),
    path(_ALL, reports.reports, name="reports"),
    path(f"{_ALL}new/", reports.new, name="report-new"),
    path(_ONE, reports.report, name="report"),
    path(f"{_DRAFT}edit/", reports.edit, name="report-edit"),
    path(f"{_DRAFT}issue/", reports.issue, name="report-issue"),
    path(f"{_DRAFT}drop/", reports.drop, name="report-drop"),
    path(f"{_ONE}archive.zip", reports.archive, name="report-archive"),
    path(f"{_ONE}<int:position>/paper.<str:ending>", reports.paper, name="report-paper"),
]
