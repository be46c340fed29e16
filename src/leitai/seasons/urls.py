from __future__ import annotations

from django.urls import path

from leitai.seasons.views import (
    closing,
    dates,
    draw_desk,
    draws,
    local,
    preparing,
    rule_desk,
    rules,
)
from leitai.seasons.views import season as views

app_name = "seasons"
urlpatterns = [
    path("s/<slug:season>/", views.public, name="public"),
    path("s/<slug:season>/rules/", rules.law, name="rules"),
    path("s/<slug:season>/rules/<int:number>/", rules.version, name="rules-version"),
    path("s/<slug:season>/rules/<int:old>/<int:new>/", rules.diff, name="rules-diff"),
    path("office/<slug:season>/rules/", rule_desk.desk, name="rules-office"),
    path("office/<slug:season>/rules/<int:draft>/", rule_desk.draft, name="rules-draft"),
    path(
        "office/<slug:season>/rules/<int:draft>/questions/<slug:key>/confirm/",
        rule_desk.confirm,
        name="rules-confirm",
    ),
    path(
        "office/<slug:season>/rules/<int:draft>/rulebook.yaml",
        rule_desk.download,
        name="rules-file",
    ),
    *(
        path(
            f"office/<slug:season>/rules/<int:draft>/{step.__name__}/",
            step,
            name=f"rules-{step.__name__}",
        )
        for step in (
            rule_desk.edit,
            rule_desk.item,
            rule_desk.step,
            rule_desk.text,
            rule_desk.history,
            rule_desk.adopt,
            rule_desk.rebase,
            rule_desk.drop,
        )
    ),
    path("office/<slug:season>/", views.office, name="office"),
    path(
        "office/<slug:season>/assumptions/<slug:key>/confirm/", views.assumption, name="assumption"
    ),
    path("office/<slug:season>/calendar/", views.calendar, name="calendar"),
    path("office/<slug:season>/calendar/reminders/", dates.reminders, name="reminders"),
    path("s/<slug:season>/calendar/", dates.dates, name="dates"),
    path("s/<slug:season>/calendar.ics", dates.feed, name="feed"),
    path("office/<slug:season>/open/", views.opening, name="open"),
    path("office/<slug:season>/closing/", closing.closing, name="closing"),
    path("office/<slug:season>/reopening/", closing.reopening, name="reopening"),
    path("seasons/<slug:season>/office/", closing.first_office, name="first-office"),
    path("office/<slug:season>/prepare/", preparing.prepare, name="prepare"),
    path("office/<slug:season>/prepare/bodies/", preparing.bodies, name="prepare-bodies"),
    path("office/<slug:season>/prepare/teams/", preparing.teams, name="prepare-teams"),
    path("seasons/new/", preparing.begin, name="begin"),
    path("office/<slug:season>/local/<slug:stage>/", local.board, name="local"),
    path("office/<slug:season>/local/<slug:stage>/<str:team>/", local.own, name="local-own"),
    path(
        "office/<slug:season>/local/<slug:stage>/<str:team>/results/",
        local.results,
        name="local-results",
    ),
    path("s/<slug:season>/draws/", draws.listing, name="draws"),
    path("s/<slug:season>/draws/<int:draw>/", draws.one, name="draw"),
    path("s/<slug:season>/draws/<int:draw>/record.json", draws.record, name="draw-record"),
    path("s/<slug:season>/draws/<int:draw>/display/", draws.display, name="draw-display"),
    path("office/<slug:season>/draws/", draw_desk.listing, name="draws-office"),
    path("office/<slug:season>/draws/new/", draw_desk.plan, name="draw-new"),
    path("office/<slug:season>/draws/hand/", draw_desk.hand, name="draw-hand"),
    path("office/<slug:season>/draws/<int:draw>/", draw_desk.desk, name="draw-desk"),
    *(
        path(
            f"office/<slug:season>/draws/<int:draw>/{step.__name__}/",
            step,
            name=f"draw-{step.__name__}",
        )
        for step in (
            draw_desk.commit,
            draw_desk.publish,
            draw_desk.freeze,
            draw_desk.reveal,
            draw_desk.source,
            draw_desk.compute,
            draw_desk.abort,
            draw_desk.answer,
            draw_desk.call,
            draw_desk.correct,
            draw_desk.close,
        )
    ),
]
