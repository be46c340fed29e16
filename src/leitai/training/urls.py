from __future__ import annotations

from django.urls import path

from leitai.training.views import group, leading, office, plan

app_name = "training"
_DESK = "office/<slug:season>/training/"
_MANAGED = f"{_DESK}<int:group>/"
_PLAN, _PART = f"{_MANAGED}plan/", f"{_MANAGED}plan/<int:session>/"
_MINE = "practice/<slug:season>/training/"
_GROUP = f"{_MINE}<int:group>/"
urlpatterns = [
    path(_DESK, office.listed, name="desk"),
    path(f"{_DESK}new/", office.new, name="new"),
    path(_MANAGED, office.manage, name="manage"),
    path(f"{_MANAGED}edit/", office.edit, name="edit"),
    path(f"{_DESK}<int:drafted>/open/", office.open_, name="open"),
    path(f"{_MANAGED}close/", office.close, name="close"),
    path(f"{_MANAGED}leaders/", office.leaders, name="leaders"),
    path(f"{_MANAGED}roster/", office.roster, name="roster"),
    path(f"{_MANAGED}members/<int:member>/remove/", office.remove, name="remove"),
    path(f"{_MANAGED}mocks/", office.mocks, name="mocks"),
    path(f"{_PLAN}new/", plan.new, name="session-new"),
    path(_PART, plan.edit, name="session"),
    path(f"{_PART}drop/", plan.drop, name="session-drop"),
    path(_MINE, group.mine, name="mine"),
    path(_GROUP, group.group, name="group"),
    path(f"{_GROUP}plan/", group.printed, name="plan"),
    path(f"{_GROUP}marks/", group.marks, name="marks"),
    path(f"{_GROUP}leaves/", leading.leaves, name="leaves"),
    path(f"{_GROUP}leaves/<int:leave>/withdraw/", group.withdraw, name="leave-withdraw"),
    path(f"{_GROUP}leaves/<int:leave>/decide/", leading.decide, name="leave-decide"),
    path(f"{_GROUP}roll/<int:session>/", leading.roll, name="roll"),
    path(f"{_GROUP}roll/<int:session>/rest/", leading.rest, name="rest"),
    path(f"{_GROUP}attendance/", leading.attendance, name="attendance"),
    path(f"{_GROUP}attendance.xlsx", leading.attendance_file, name="attendance-file"),
    path(f"{_GROUP}weak/", leading.weak, name="weak"),
]
