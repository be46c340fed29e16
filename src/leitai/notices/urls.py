from __future__ import annotations

from django.urls import path

from leitai.notices.views import filing, handling, office, public

app_name = "notices"
_PUBLIC, _OFFICE = "s/<slug:season>/", "office/<slug:season>/"
_CASE = f"{_OFFICE}objections/<int:objection>/"
urlpatterns = [
    path(f"{_PUBLIC}notices/", public.listed, name="public"),
    path(f"{_PUBLIC}notices/<int:notice>/", public.one, name="public-one"),
    path(f"{_PUBLIC}objections/", filing.remedies, name="remedies"),
    path(f"{_PUBLIC}objections/file/", filing.file, name="file"),
    path(f"{_PUBLIC}objections/track/", filing.track, name="track"),
    path(f"{_PUBLIC}objections/track/further/", filing.further_by_code, name="further-by-code"),
    path(f"{_PUBLIC}objections/<int:objection>/", filing.own, name="own"),
    path(f"{_PUBLIC}objections/<int:objection>/further/", filing.further, name="further"),
    path(f"{_OFFICE}notices/", office.listed, name="office"),
    path(f"{_OFFICE}notices/new/", office.new, name="new"),
    path(f"{_OFFICE}notices/<int:notice>/", office.one, name="notice"),
    path(f"{_OFFICE}notices/<int:notice>/edit/", office.edit, name="edit"),
    path(f"{_OFFICE}notices/<int:notice>/publish/", office.publish, name="publish"),
    path(f"{_OFFICE}notices/<int:notice>/down/", office.down, name="down"),
    path(f"{_OFFICE}notices/<int:notice>/drop/", office.drop, name="drop"),
    path(f"{_OFFICE}notices/<int:notice>/print/", office.printed, name="print"),
    path(f"{_OFFICE}objections/", handling.listed, name="objections"),
    path(_CASE, handling.one, name="objection"),
    path(f"{_CASE}accept/", handling.accept, name="accept"),
    path(f"{_CASE}refuse/", handling.refuse, name="refuse"),
    path(f"{_CASE}note/", handling.note, name="note"),
    path(f"{_CASE}merge/", handling.merge, name="merge"),
    path(f"{_CASE}reveal/", handling.reveal, name="reveal"),
    path(f"{_CASE}rule/", handling.rule, name="rule"),
]
