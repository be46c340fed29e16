from __future__ import annotations

from django.urls import path

from leitai.people.views import appointing as views

OFFICE = "office/<slug:season>/committee/"
urlpatterns = [
    path(OFFICE, views.committees, name="committees"),
    path(OFFICE + "new/", views.create, name="committee_new"),
    path(OFFICE + "<int:committee>/", views.committee, name="committee"),
    path(OFFICE + "<int:committee>/members/", views.member, name="committee_member"),
    path(OFFICE + "<int:committee>/units/", views.name_unit, name="committee_unit"),
    path(OFFICE + "<int:committee>/units/remove/", views.remove_unit, name="committee_unit_remove"),
    path(OFFICE + "<int:committee>/close/", views.close, name="committee_close"),
    path("office/<slug:season>/roles/<int:appointment>/end/", views.end, name="role_end"),
    path("duties/", views.duties, name="duties"),
    path("duties/<int:appointment>/end/", views.end_duty, name="duty_end"),
    path("appointments/", views.appointments, name="appointments"),
    path("appointments/administrators/", views.administrator, name="administrator"),
    path("appointments/second-step/", views.reset_step, name="second_step_reset"),
]
