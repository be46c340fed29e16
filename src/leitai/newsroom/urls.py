from __future__ import annotations

from django.urls import path

from leitai.newsroom.views import articles, bulletins, desk, mine, public

app_name = "newsroom"
_UNIT, _ITEM = "unit/<slug:season>/news/", "unit/<slug:season>/news/<int:item>/"
_DESK, _FROM = "office/<slug:season>/news/", "office/<slug:season>/news/items/<int:item>/"
_SHELF, _ONE = f"{_DESK}articles/", f"{_DESK}articles/<int:article>/"
_OWN = f"{_SHELF}<int:written>/"
_ISSUES, _ISSUE = f"{_DESK}bulletins/", f"{_DESK}bulletins/<int:composed>/"
_PUBLIC = "s/<slug:season>/"
urlpatterns = [
    path(_UNIT, mine.mine_all, name="mine-all"),
    path(f"{_UNIT}new/", mine.new, name="new"),
    path(_ITEM, mine.mine, name="mine"),
    path(f"{_UNIT}<int:draft>/edit/", mine.edit, name="edit"),
    path(f"{_UNIT}<int:returned>/again/", mine.again, name="again"),
    path(f"{_UNIT}<int:draft>/drop/", mine.drop, name="drop"),
    path(f"{_ITEM}consent/", mine.consent, name="consent"),
    path(f"{_ITEM}consent/withdraw/", mine.withdraw, name="withdraw"),
    path(_DESK, desk.desk, name="desk"),
    path(f"{_DESK}adoption/", desk.adoption, name="adoption"),
    path(f"{_DESK}adoption.xlsx", desk.adoption_sheet, name="adoption-sheet"),
    path(_FROM, desk.item, name="item"),
    path(f"{_FROM}return/", desk.send_back, name="return"),
    path(f"{_FROM}adopt/", desk.adopt, name="adopt"),
    path(f"{_FROM}decline/", desk.decline, name="decline"),
    path(f"{_FROM}withdraw/", desk.withdraw, name="desk-withdraw"),
    path(_SHELF, articles.shelf, name="articles"),
    path(f"{_SHELF}new/", articles.new, name="article-new"),
    path(_OWN, articles.edit, name="article-edit"),
    path(f"{_OWN}publish/", articles.publish, name="article-publish"),
    path(f"{_ONE}take-down/", articles.take_down, name="article-take-down"),
    path(f"{_ONE}withdraw/", articles.withdraw, name="article-withdraw"),
    path(f"{_ONE}pin/", articles.pin, name="article-pin"),
    path(f"{_OWN}drop/", articles.drop, name="article-drop"),
    path(_ISSUES, bulletins.issues, name="bulletins"),
    path(f"{_ISSUES}new/", bulletins.new, name="bulletin-new"),
    path(_ISSUE, bulletins.edit, name="bulletin-edit"),
    path(f"{_ISSUE}publish/", bulletins.publish, name="bulletin-publish"),
    path(f"{_ISSUE}drop/", bulletins.drop, name="bulletin-drop"),
    path(f"{_ISSUE}docx", bulletins.docx, name="bulletin-docx"),
    path("office/<slug:season>/face/", desk.face, name="face"),
    path(f"{_PUBLIC}home/", public.home, name="home"),
    path(f"{_PUBLIC}news/", public.news, name="news"),
    path(f"{_PUBLIC}news/<int:article>/", public.article, name="article"),
    path(f"{_PUBLIC}bulletins/", public.bulletins, name="public-bulletins"),
    path(f"{_PUBLIC}bulletins/<int:bulletin>/", public.bulletin, name="public-bulletin"),
    path(f"{_PUBLIC}bulletins/<int:bulletin>/docx", public.docx, name="public-docx"),
]
