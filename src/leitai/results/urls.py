from __future__ import annotations

from django.urls import path

from leitai.results.views import correcting, decisions, lists
from leitai.results.views import results as views

app_name = "results"
urlpatterns = [
    path("s/<slug:season>/results/<slug:stage>/", views.public, name="public"),
    path("s/<slug:season>/results/<slug:stage>/<int:version>/why/", views.why, name="why"),
    path("office/<slug:season>/results/<slug:stage>/", views.office, name="office"),
    path("office/<slug:season>/results/<slug:stage>/compute/", views.compute, name="compute"),
    path(
        "office/<slug:season>/results/<slug:stage>/<int:version>/resolve/<int:index>/",
        views.resolve,
        name="resolve",
    ),
    path(
        "office/<slug:season>/results/<slug:stage>/<int:version>/held/<int:index>/",
        views.resolve_held,
        name="resolve-held",
    ),
    path(
        "office/<slug:season>/results/<slug:stage>/<int:version>/confirm/",
        views.confirm,
        name="confirm",
    ),
    path(
        "office/<slug:season>/results/<slug:stage>/<int:version>/publish/",
        views.publish,
        name="publish",
    ),
    path(
        "office/<slug:season>/results/<slug:stage>/<int:version>/final/",
        views.finalise,
        name="finalise",
    ),
    path(
        "office/<slug:season>/results/<slug:stage>/<int:version>/decide/<int:index>/",
        decisions.decide,
        name="decide",
    ),
    path(
        "s/<slug:season>/results/<slug:stage>/<int:version>/standings.json",
        views.standings,
        name="standings",
    ),
    path("office/<slug:season>/results/", decisions.desk, name="desk"),
    path("office/<slug:season>/correct/<slug:stage>/", correcting.find, name="correct-find"),
    path(
        "office/<slug:season>/correct/<slug:stage>/<slug:track>/<slug:entry>/<slug:event>/",
        correcting.correct,
        name="correct",
    ),
    path("office/<slug:season>/decided/", decisions.awards, name="awards"),
    path("office/<slug:season>/decided/<slug:award>/", decisions.award, name="award"),
    path("office/<slug:season>/moving/", decisions.moving, name="moving"),
    path("office/<slug:season>/moving/up/", decisions.move_up, name="move-up"),
    path("office/<slug:season>/marks/", lists.marks, name="marks"),
    path("office/<slug:season>/marks/template.xlsx", lists.marks_template, name="marks-template"),
    path("office/<slug:season>/marks/<int:marks>/", lists.marks_one, name="marks-one"),
    path("office/<slug:season>/marks/<int:marks>/drop/", lists.marks_drop, name="marks-drop"),
    path("office/<slug:season>/upward/", lists.upwards, name="upwards"),
    path("office/<slug:season>/upward/<int:number>/", lists.upward, name="upward"),
    path(
        "office/<slug:season>/upward/<int:number>/list.xlsx", lists.upward_book, name="upward-book"
    ),
    path(
        "office/<slug:season>/upward/<int:number>/print/", lists.upward_print, name="upward-print"
    ),
    path("office/<slug:season>/upward/<int:number>/answer/", lists.answer_take, name="answer-take"),
    path(
        "office/<slug:season>/upward/<int:number>/step/<slug:step>/",
        lists.upward_step,
        name="upward-step",
    ),
    path("office/<slug:season>/answers/<int:answer>/", lists.answer, name="answer"),
    path(
        "office/<slug:season>/answers/<int:answer>/<int:row>/",
        lists.answer_settle,
        name="answer-settle",
    ),
    path(
        "office/<slug:season>/answers/<int:answer>/record/",
        lists.answer_record,
        name="answer-record",
    ),
    path("office/<slug:season>/bundle/", views.bundle, name="bundle"),
]
