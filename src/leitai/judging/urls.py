from __future__ import annotations

from django.urls import path

from leitai.judging.views import day, judges, materials, office

app_name = "judging"
_OFFICE = "office/<slug:season>/judging/"
_EVENT = f"{_OFFICE}<int:event>/"
_JUDGE = "judging/<int:event>/"
urlpatterns = [
    path(_OFFICE, office.events, name="events"),
    path(f"{_OFFICE}new/", office.new, name="new"),
    path(_EVENT, office.desk, name="desk"),
    path(f"{_EVENT}act/", office.act, name="act"),
    path(f"{_EVENT}order/", office.order, name="order"),
    path(f"{_EVENT}panel/", office.panel, name="panel"),
    path(f"{_EVENT}seat/", office.seat, name="seat"),
    path(f"{_EVENT}change/", office.change, name="change"),
    path(f"{_EVENT}cards/", office.cards, name="cards"),
    path(f"{_EVENT}diagnostics/", office.diagnostics, name="diagnostics"),
    path(f"{_EVENT}stage/", day.stage, name="stage"),
    path(f"{_EVENT}clock/", day.clock, name="clock"),
    path(f"{_EVENT}tally/", day.tally, name="tally"),
    path(f"{_EVENT}reopen/", day.reopen, name="reopen"),
    path(f"{_EVENT}paper/", day.paper, name="paper"),
    path(f"{_EVENT}materials/", materials.materials, name="materials"),
    path(f"{_EVENT}materials/<int:material>/", materials.show, name="show"),
    path(f"{_EVENT}materials/<int:material>/<int:page>.webp", materials.picture, name="picture"),
    path(f"{_EVENT}sheets.pdf", day.sheets_pdf, name="sheets-pdf"),
    path(f"{_EVENT}tally.pdf", day.tally_pdf, name="tally-pdf"),
    path(f"{_EVENT}tables.zip", day.tables, name="tables"),
    path("judging/", judges.mine, name="mine"),
    path(_JUDGE, judges.queue, name="queue"),
    path(f"{_JUDGE}role/", judges.role, name="role"),
    path(f"{_JUDGE}chief/", judges.chief, name="chief"),
    path(f"{_JUDGE}<int:slot>/", judges.sheet, name="sheet"),
    path(f"{_JUDGE}<int:slot>/draft/", judges.draft, name="draft"),
    path(f"{_JUDGE}<int:slot>/recuse/", judges.recuse, name="recuse"),
    path("me/judged/<int:slot>/", materials.own, name="own"),
    path("s/<slug:season>/judged/<int:event>/", judges.hall, name="hall"),
]
