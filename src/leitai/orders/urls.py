from __future__ import annotations

from django.urls import path

from leitai.orders.views import deciding, desk, drafting, mine

app_name = "orders"
_DESK = "office/<slug:season>/orders/"
_ORDER = f"{_DESK}<int:order>/"
_DRAFT = f"{_DESK}<int:draft>/"
_THING = f"{_ORDER}things/<int:thing>/"
_HAND_IN = "office/<slug:season>/hand-ins/<int:hand_in>/"
_INBOX = "unit/<slug:season>/orders/"
_MINE = f"{_INBOX}<int:recipient>/"
_FILL = f"{_MINE}things/<int:thing>/"
urlpatterns = [
    path(_DESK, desk.desk, name="desk"),
    path(f"{_DESK}new/", drafting.new, name="new"),
    path(_ORDER, desk.order, name="order"),
    path(f"{_DRAFT}edit/", drafting.edit, name="edit"),
    path(f"{_DRAFT}to/", drafting.to, name="to"),
    path(f"{_DRAFT}send/", drafting.send, name="send"),
    path(f"{_DRAFT}drop/", drafting.drop, name="drop"),
    path(f"{_ORDER}supplement/", desk.supplement, name="supplement"),
    path(f"{_ORDER}remind/", desk.remind, name="remind"),
    path(f"{_ORDER}close/", desk.close, name="close"),
    path(f"{_ORDER}roll/", desk.roll, name="roll"),
    path(f"{_ORDER}print/", desk.sheet, name="print"),
    path(f"{_ORDER}states.xlsx", desk.states, name="states"),
    path(f"{_THING}accept/", deciding.accept_all, name="accept-all"),
    path(f"{_THING}collected.xlsx", desk.collected, name="collected"),
    path(_HAND_IN, deciding.one, name="hand-in"),
    path(f"{_HAND_IN}accept/", deciding.accept, name="accept"),
    path(f"{_HAND_IN}return/", deciding.give_back, name="return"),
    path(_INBOX, mine.inbox, name="inbox"),
    path(f"{_INBOX}of/<int:order>/", mine.mine_of, name="mine-of"),
    path(_MINE, mine.mine, name="mine"),
    path(f"{_MINE}sign/", mine.sign, name="sign"),
    path(f"{_MINE}pass-on/", mine.pass_on, name="pass-on"),
    path(_FILL, mine.fill, name="fill"),
    path(f"{_FILL}gather/", mine.gather, name="gather"),
    path(f"{_FILL}list.xlsx", mine.blank_list, name="blank-list"),
]
