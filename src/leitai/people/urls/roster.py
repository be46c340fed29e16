from __future__ import annotations

from django.urls import URLPattern, path

from leitai.people.views import importing, roster, rosters, transfers

urlpatterns: list[URLPattern] = [
    path("people/", roster.people, name="people"),
    path("people/find/", roster.find, name="find"),
    path("people/new/", roster.new, name="new"),
    path("people/import/", importing.take_in, name="import"),
    path("people/import/template/", importing.template, name="template"),
    path("people/import/<str:draft>/", importing.draft, name="draft"),
    path("people/import/<str:draft>/rest/", importing.rows_back, name="draft_rest"),
    path("people/import/<str:draft>/drop/", importing.drop, name="draft_drop"),
    path("people/requests/", transfers.requests, name="requests"),
    path("people/requests/<int:transfer>/", transfers.decide, name="request"),
    path("people/duplicates/", transfers.duplicates, name="duplicates"),
    path("me/person/", transfers.myself, name="myself"),
    path("rosters/", rosters.rosters, name="rosters"),
    path("rosters/<str:unit>/", rosters.roster, name="roster"),
]
# After all others of the room: a person's code may be any word.
last: list[URLPattern] = [
    path("people/<str:person>/", roster.person, name="person"),
    path("people/<str:person>/edit/", roster.edit, name="edit"),
    path("people/<str:person>/transfer/", roster.transfer, name="transfer"),
    path("people/<str:person>/leave/", roster.leave, name="leave"),
    path("people/<str:person>/back/", roster.come_back, name="come_back"),
    path("people/<str:person>/reveal/", roster.reveal, name="reveal"),
]
