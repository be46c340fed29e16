from __future__ import annotations

from django.urls import path

from leitai.practice.views import book, office, outside, progress, today, watching

app_name = "practice"
_SEASON, _ITEM = "practice/<slug:season>/", "practice/<slug:season>/items/<int:item>/"
_SHELF = "office/<slug:season>/practice/shelf/"
_WATCH = "office/<slug:season>/practice/watch/"
_OUTSIDE = "office/<slug:season>/practice/outside/"
urlpatterns = [
    path(_SEASON, today.today, name="today"),
    path(f"{_SEASON}join/", today.join, name="join"),
    path(f"{_SEASON}modules/", today.modules, name="modules"),
    path(f"{_SEASON}study/<str:act>/", today.study, name="study"),
    path(f"{_SEASON}sets/<slug:given>/", today.marked, name="set"),
    path(f"{_SEASON}book/", book.book, name="book"),
    path(f"{_SEASON}search/", book.search, name="search"),
    path(_ITEM, book.item, name="item"),
    path(f"{_ITEM}mark/", book.mark, name="item-mark"),
    path(f"{_ITEM}out/", book.out, name="item-out"),
    path(f"{_ITEM}report/", book.report, name="item-report"),
    path(f"{_SEASON}map/", progress.map_, name="map"),
    path(f"{_SEASON}history/", progress.history, name="history"),
    path(f"{_SEASON}points/", progress.points, name="points"),
    path(f"{_SEASON}titles/", progress.titles, name="titles"),
    path(f"{_SEASON}boards/", progress.boards, name="boards"),
    path(f"{_SEASON}settings/", progress.settings, name="settings"),
    path(_SHELF, office.shelf, name="shelf"),
    path(f"{_SHELF}<str:bank>/remove/", office.remove, name="shelf-remove"),
    path(_OUTSIDE, outside.home, name="outside"),
    path(f"{_OUTSIDE}template/", outside.template, name="outside-template"),
    path(f"{_OUTSIDE}drafts/<str:code>/", outside.draft, name="outside-draft"),
    path(f"{_OUTSIDE}queue/", outside.queue, name="outside-queue"),
    path(f"{_OUTSIDE}queue/<int:doubt>/", outside.decide, name="outside-decide"),
    path(_WATCH, watching.desk, name="watch"),
    path(f"{_WATCH}<int:case>/", watching.case, name="watch-case"),
    path(f"{_SEASON}cases/<int:case>/", watching.own, name="watch-own"),
]
