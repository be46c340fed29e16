from __future__ import annotations

import json
from datetime import datetime, time
from itertools import pairwise

import pytest
from django.core import mail

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.messages import channels, selectors, services
from leitai.messages.channels import Outgoing, Receipt, UndeliverableError
from leitai.messages.models import Delivery, Message
from leitai.people.services import set_personal
from tests.factories import people as make
from tests.factories.units import load_packaged

DAY = datetime.fromisoformat("2026-11-24T10:00:00+08:00")
NIGHT = datetime.fromisoformat("2026-11-24T23:00:00+08:00")
MORNING = datetime.fromisoformat("2026-11-25T08:00:00+08:00")
PHONE = "19900001234"


class Recorder:
    """A provider of one's own, as LEITAI_SMS names it."""

    name = "sms"
    sent: list[Outgoing] = []
    trouble: Exception | None = None

    def send(self, outgoing: Outgoing) -> Receipt:
        if Recorder.trouble is not None:
            raise Recorder.trouble
        Recorder.sent.append(outgoing)
        return Receipt("no-17")


@pytest.fixture
def account(db, settings):
    load_packaged()
    Recorder.sent, Recorder.trouble = [], None
    channels._made.cache_clear()
    settings.LEITAI_SMS = f"{__name__}:Recorder"
    made = make.account("moyan")
    made.email = "moyan@example.test"
    made.save()
    person = make.people("5101", 1)[0]
    person.account = made
    person.save()
    set_personal(person, phone=PHONE)
    return made


def tell(account, *, at=DAY, kind="task", **more) -> Message:
    told = {"title": "报送名单", "body": "请核对后报送。"} | more
    return services.tell(to=[account.pk], kind=kind, at=at, **told)


def states(message: Message) -> dict[str, str]:
    return dict(message.deliveries.values_list("channel", "state"))


def due(message: Message, channel: str) -> datetime:
    return message.deliveries.get(channel=channel).due_at


def run(message: Message, at: datetime) -> None:
    services.deliver(list(message.deliveries.values_list("pk", flat=True)), at=at)


def test_the_inbox_has_it_at_once_and_mail_waits_for_its_job(account):
    message = tell(account)
    assert states(message) == {"inbox": "sent", "mail": "waiting"}
    assert selectors.unread_count(str(account.pk)) == 1
    assert mail.outbox == []


def test_by_day_the_letter_goes(account):
    message = tell(account, link="/s/home-2022/", deadline=MORNING)
    run(message, DAY)
    assert states(message)["mail"] == "sent"
    letter = mail.outbox[0]
    assert (letter.subject, letter.to) == ("报送名单", ["moyan@example.test"])
    assert (
        letter.body
        == "请核对后报送。\n时间：11月25日（周三）8:00前\nhttp://127.0.0.1:8000/s/home-2022/"
    )
    assert letter.extra_headers["Message-ID"].startswith("<leitai-")


def test_what_is_told_at_night_reaches_the_inbox_at_night_and_the_mail_in_the_morning(account):
    message = tell(account, at=NIGHT)
    assert message.deliveries.get(channel="inbox").sent_at == NIGHT
    assert due(message, "mail") == MORNING
    run(message, NIGHT)
    assert (states(message)["mail"], mail.outbox) == ("waiting", [])
    run(message, MORNING)
    assert states(message)["mail"] == "sent"


def test_own_quiet_hours_come_on_top(account):
    me = make.actor("office", account=str(account.pk))
    wish = {"mail": True, "sms": False, "wechat": False}
    services.set_preference(
        actor=me,
        **wish,
        quiet_from=time(7),
        quiet_until=time(9, 30),
    )
    half_past_nine = datetime.fromisoformat("2026-11-25T09:30:00+08:00")
    assert due(tell(account, at=NIGHT), "mail") == half_past_nine


def test_urgent_words_wait_for_nothing_and_go_every_way(account):
    message = tell(account, kind="urgent", at=NIGHT)
    assert states(message) == {"inbox": "sent", "mail": "waiting", "sms": "waiting"}
    run(message, NIGHT)
    assert set(states(message).values()) == {"sent"}
    assert Recorder.sent[0].address == PHONE


def test_a_job_run_twice_sends_once(account):
    message = tell(account, kind="urgent")
    run(message, DAY)
    run(message, DAY)
    assert (len(Recorder.sent), len(mail.outbox)) == (1, 1)


def test_the_same_event_is_told_once(account):
    first = tell(account, key="result:7")
    again = tell(account, key="result:7", title="又一次")
    assert (first.pk, first.title) == (again.pk, again.title)
    assert Delivery.objects.filter(account=account, channel="inbox").count() == 1


def test_named_twice_one_hears_once(account):
    services.tell(to=[account.pk, str(account.pk)], kind="task", title="甲", body="乙", at=DAY)
    assert Delivery.objects.filter(channel="inbox").count() == 1


def test_the_jobs_stand_at_their_moment_and_carry_no_words(account):
    from procrastinate.contrib.django.models import ProcrastinateJob

    message = tell(account, at=NIGHT)
    job = ProcrastinateJob.objects.filter(task_name="messages.deliver").latest("id")
    assert job.scheduled_at == MORNING
    assert job.args == {"deliveries": [message.deliveries.get(channel="mail").pk]}


def test_a_provider_named_by_its_path_gets_the_number_that_is_kept_nowhere(account):
    message = tell(account, kind="urgent", link="/home/")
    run(message, DAY)
    sent = Recorder.sent[0]
    row = message.deliveries.get(channel="sms")
    assert (sent.id, sent.channel, sent.address) == (row.pk, "sms", PHONE)
    assert sent.link == "http://127.0.0.1:8000/home/"
    assert row.reference == "no-17"
    assert PHONE not in json.dumps(list(Delivery.objects.values()), default=str)


def test_a_channel_that_fails_is_tried_again_later(account):
    Recorder.trouble = ConnectionError("down")
    message = tell(account, kind="urgent")
    run(message, DAY)
    row = message.deliveries.get(channel="sms")
    assert (row.state, row.attempts, row.failure) == ("waiting", 1, "ConnectionError")
    assert (row.due_at - DAY).total_seconds() == 60
    Recorder.trouble = None
    run(message, row.due_at)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.failure) == ("sent", 2, "")


def test_after_six_tries_the_operator_is_shown_a_failure(account):
    Recorder.trouble = ConnectionError("down")
    message = tell(account, kind="urgent")
    pauses, at = [], DAY
    while (row := message.deliveries.get(channel="sms")).state == "waiting":
        at = max(at, row.due_at)
        run(message, at)
        pauses.append(at)
    assert [int((b - a).total_seconds() / 60) for a, b in pairwise(pauses)] == [1, 5, 30, 120, 360]
    assert (row.state, row.attempts, selectors.failed_count(since=DAY)) == ("failed", 6, 1)


def test_what_the_provider_calls_hopeless_is_not_tried_again(account):
    Recorder.trouble = UndeliverableError()
    message = tell(account, kind="urgent")
    run(message, DAY)
    assert states(message)["sms"] == "failed"


def test_a_lost_job_is_found_again(account):
    message = tell(account)
    assert services.deliver_lost(at=DAY) == 0
    later = datetime.fromisoformat("2026-11-24T10:11:00+08:00")
    assert services.deliver_lost(at=later) == 1
    assert states(message)["mail"] == "sent"


def test_a_number_that_was_erased_leaves_the_delivery_without_address(account):
    message = tell(account, kind="urgent")
    set_personal(account.person, phone="")
    run(message, DAY)
    assert (states(message)["sms"], Recorder.sent) == ("void", [])


def test_the_file_provider_writes_a_line_a_message_for_its_owner_only(account, settings, tmp_path):
    path = tmp_path / "sms" / "out.jsonl"
    settings.LEITAI_SMS = f"file:{path}"
    for title in ("甲", "乙"):
        run(tell(account, kind="urgent", title=title), DAY)
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [(line["title"], line["address"], line["channel"]) for line in lines] == [
        ("甲", PHONE, "sms"),
        ("乙", PHONE, "sms"),
    ]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("wanted", ["no.such.module:Thing", "json:Nothing", "json"])
def test_a_provider_that_is_not_there_is_named(wanted, settings):
    settings.LEITAI_SMS = wanted
    with pytest.raises(DomainError) as refused:
        channels.provider("sms")
    assert refused.value.code == "channel_provider_unknown"
    assert "没有找到发送短信的程序" in text_of(refused.value)


def test_a_link_to_elsewhere_is_refused(account):
    with pytest.raises(DomainError) as refused:
        tell(account, link="https://evil.test/")
    assert refused.value.code == "share_path_foreign"


def test_short_messages_go_only_to_who_wants_them(account):
    me = make.actor("office", account=str(account.pk))
    assert "sms" not in states(tell(account))
    services.set_preference(
        actor=me, mail=False, sms=True, wechat=True, quiet_from=None, quiet_until=None
    )
    assert states(tell(account)) == {"inbox": "sent", "sms": "waiting"}  # the house has no WeChat


def test_telling_a_hundred_takes_as_many_queries_as_telling_one(
    account, django_assert_max_num_queries
):
    from leitai.people.models import Account

    many = Account.objects.bulk_create(
        Account(username=f"a{number}", password="!") for number in range(100)
    )
    with django_assert_max_num_queries(9):
        services.tell(
            to=[one.pk for one in many], kind="task", title="甲", body="乙", key="k", at=DAY
        )
    assert Delivery.objects.count() == 100
