from __future__ import annotations

from django.urls import path

from leitai.lectures.views import desk, learning

app_name = "lectures"
_DESK, _ONE = "office/<slug:season>/lectures/", "office/<slug:season>/lectures/<int:lecture>/"
_DRAFT = f"{_DESK}<int:written>/"
_SHELF = "practice/<slug:season>/lectures/"
_WATCH = f"{_SHELF}<int:lecture>/"
urlpatterns = [
    path(_SHELF, learning.shelf, name="shelf"),
    path(_WATCH, learning.one, name="one"),
    path(f"{_WATCH}progress/", learning.progress, name="progress"),
    path(f"{_WATCH}captions.vtt", learning.captions, name="captions"),
    path(f"{_WATCH}questions/<int:question>/", learning.answer, name="answer"),
    path(_DESK, desk.listed, name="desk"),
    path(f"{_DESK}new/", desk.new, name="new"),
    path(_DRAFT, desk.edit, name="edit"),
    path(f"{_DRAFT}publish/", desk.publish, name="publish"),
    path(f"{_ONE}withdraw/", desk.withdraw, name="withdraw"),
    path(f"{_DRAFT}drop/", desk.drop, name="drop"),
    path(f"{_ONE}move/", desk.move, name="move"),
    path(f"{_DRAFT}questions/", desk.questions, name="questions"),
]
