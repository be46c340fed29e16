"""试题纠错: what readers say is wrong, and the answer that reaches them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from leitai.bank import selectors, services
from leitai.bank.models import Bank, Item, ItemVersion, Report
from leitai.base.actor import Actor, AppointmentRef
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.messages.models import Message
from tests.rooms.bank.test_views import client_of

pytestmark = pytest.mark.django_db
AT = datetime(2022, 4, 8, 2, 0, tzinfo=UTC)
PAGE = "/practice/x/items/1/"


def question(*, live: bool = False) -> ItemVersion:
    bank, _ = Bank.objects.get_or_create(code="lx", title="练习题库", live=live)
    item = Item.objects.create(bank=bank, number=bank.items.count() + 1)
    return ItemVersion.objects.create(
        item=item, type="truefalse", stem=f"第{item.number}题", key="T", digest=bytes([item.number])
    )


def reader(name: str = "读者") -> Actor:
    account = get_user_model().objects.create_user(username=name)
    return Actor(account=str(account.pk), name=name)


def say(actor: Actor, version: ItemVersion, kind: str = "key", words: str = "应为错") -> Report:
    return services.file_report(
        actor=actor, version=version, season="x", kind=kind, words=words, page=PAGE, at=AT
    )


def refused(call, *arguments: object) -> str:
    with pytest.raises(DomainError) as caught:
        call(*arguments)
    return caught.value.code


def test_report_waits_once_a_reader_and_question() -> None:
    version, actor = question(), reader()
    say(actor, version)
    assert refused(say, actor, version) == "report_open"
    say(reader("别人"), version)
    say(actor, question())
    assert Report.objects.count() == 3


def test_sealed_questions_and_empty_words_are_refused() -> None:
    assert refused(say, reader("甲"), question(live=True)) == "report_live"
    Bank.objects.update(live=False)
    assert refused(say, reader("乙"), question(), "other", "  ") == "report_words_missing"
    assert refused(say, Actor("", ""), question()) == "forbidden"


def test_answer_reaches_the_reader_and_stands_in_the_ledger() -> None:
    version, actor = question(), reader()
    said = say(actor, version)
    client = client_of("office")
    page = client.get("/bank/lx/reports/").content.decode()
    assert "应为错" in page
    assert "读者" not in page  # nobody's name stands beside it
    answer = client.post(
        f"/bank/lx/reports/{said.pk}/answer/", {"taken": "yes", "answer": "已核对，答案改为错。"}
    )
    assert answer.headers["Location"] == "/bank/lx/reports/"
    said.refresh_from_db()
    assert (said.state, said.answer) == ("taken", "已核对，答案改为错。")
    message = Message.objects.get()
    assert message.title == "您的试题纠错已答复：已采纳"
    assert message.body == "练习题库第1题：已核对，答案改为错。"
    assert message.link == PAGE
    entry = LedgerEntry.objects.get(act="report.answered")
    told = json.loads(bytes(entry.payload))["data"]
    assert (told["number"], told["state"]) == (1, "已采纳")
    assert "没有待处理的纠错" in client.get("/bank/lx/reports/").content.decode()
    assert "已核对" in client.get("/bank/lx/reports/?state=taken").content.decode()
    assert refused(_again, said) == "report_answered"


def _again(said: Report) -> None:
    office = Actor("7", "办", appointments=(AppointmentRef("office", "51/", ""),))
    services.answer_report(actor=office, report=said, taken=False, answer="再答", at=AT)


def test_answer_without_words_keeps_what_was_chosen() -> None:
    said = say(reader(), question())
    answer = client_of("office").post(
        f"/bank/lx/reports/{said.pk}/answer/", {"taken": "no", "answer": ""}
    )
    assert answer.status_code == 422
    assert '<option value="no" selected>' in answer.content.decode()
    assert Report.objects.get().state == "open"


def test_unread_answers_are_counted_until_the_question_is_opened() -> None:
    version, actor = question(), reader()
    said = say(actor, version)
    assert selectors.count_unread_answers(actor, "x") == 0
    Report.objects.filter(pk=said.pk).update(state="declined", answer="无误")
    assert selectors.count_unread_answers(actor, "x") == 1
    assert selectors.count_unread_answers(actor, "y") == 0
    assert services.read_answers(actor=actor, season="x", item=version.item_id, at=AT) == 1
    assert selectors.count_unread_answers(actor, "x") == 0


def test_list_is_by_question_with_the_longest_wait_first_and_bounded(
    django_assert_max_num_queries,
) -> None:
    first, second = question(), question()
    for number, version in enumerate((second, first, second)):
        said = say(reader(f"读者{number}"), version, words=f"说明{number}")
        Report.objects.filter(pk=said.pk).update(at=AT.replace(hour=2 + number))
    client = client_of("item_writer")
    client.get("/bank/lx/reports/")
    with django_assert_max_num_queries(12):
        page = client.get("/bank/lx/reports/").content.decode()
    places = [page.index(words) for words in ("第2题", "说明0", "说明2", "第1题", "说明1")]
    assert places == sorted(places)


def test_stranger_neither_reads_nor_answers() -> None:
    said = say(reader(), question())
    client = client_of("")
    assert client.get("/bank/lx/reports/").status_code == 403
    form = {"taken": "yes", "answer": "好"}
    assert client.post(f"/bank/lx/reports/{said.pk}/answer/", form).status_code == 403
    assert Client().post(f"/bank/lx/reports/{said.pk}/answer/", form).status_code == 302
    assert Report.objects.get().state == "open"
