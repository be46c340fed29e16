from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from leitai.base.actor import NOBODY, system
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.messages import selectors, services
from leitai.messages.models import Complaint, ComplaintStep, Message
from leitai.messages.selectors import complaints
from leitai.people import selectors as people
from tests import world as worlds
from tests.factories import people as make
from tests.world import AWAY, HOME

FRIDAY = datetime.fromisoformat("2026-11-20T20:00:00+08:00")
TEXT = "八号机的监考员代人作答。"
PHONE = "19900004321"


def file(season=HOME, at=FRIDAY, **more) -> services.Filed:
    told = {"category": "conduct", "text": TEXT, "nonce": uuid4(), "actor": NOBODY} | more
    return services.file_complaint(season=season, at=at, **told)


def actor_of(world, role):
    return people.actor_of(world.accounts[role], at=world.now)


def entries(filed) -> list[LedgerEntry]:
    return list(
        LedgerEntry.objects.filter(subject=f"complaint:{filed.complaint.pk}").order_by("seq")
    )


def refused(call, **arguments) -> str:
    with pytest.raises(DomainError) as error:
        call(**arguments)
    return error.value.code


def test_it_is_filed_sealed_and_the_code_is_kept_nowhere(world):
    filed = file(name="路人甲", phone="199 0000 4321")
    kept = json.dumps(
        [list(Complaint.objects.values()), list(ComplaintStep.objects.values())], default=str
    )
    assert len(filed.code) == 16
    for secret in (TEXT, "路人甲", PHONE, filed.code):
        assert secret not in kept
    seen = complaints.get_complaint_for(
        actor_of(world, "supervisor"), filed.complaint.pk, at=FRIDAY
    )
    assert (seen.text, seen.name, seen.phone) == (TEXT, "路人甲", PHONE)


def test_the_clock_starts_with_working_days(world):
    complaint = file().complaint
    assert complaint.accept_by == datetime.fromisoformat("2026-11-25T00:00:00+08:00")
    assert complaint.answer_by == datetime.fromisoformat("2026-12-06T00:00:00+08:00")


def test_the_record_has_the_step_and_not_the_words(world):
    filed = file(name="路人甲")
    entry = entries(filed)[0]
    data = canonical.decode(bytes(entry.payload))["data"]
    assert (entry.chain, entry.act, entry.actor) == (HOME, "complaint.filed", "system:complaint")
    assert data.keys() == {"category", "digest", "by"}
    assert TEXT not in bytes(entry.payload).decode()


def test_its_supervisors_are_told_in_the_inbox_and_nobody_else(world):
    filed = file()
    message = Message.objects.get(key=f"complaint:{filed.complaint.pk}")
    assert list(message.deliveries.values_list("account", "channel")) == [
        (world.accounts["supervisor"].pk, "inbox")
    ]
    assert TEXT not in message.title + message.body


def test_without_a_season_the_audit_administrator_is_told(world):
    filed = file(season="")
    message = Message.objects.get(key=f"complaint:{filed.complaint.pk}")
    assert [one.account for one in message.deliveries.all()] == [world.accounts["audit_admin"]]
    assert entries(filed)[0].chain == "house"


def test_without_a_season_the_audit_administrator_is_shown_as_the_body(world):
    filed = file(season="")
    auditor = actor_of(world, "audit_admin")
    services.accept(actor=auditor, complaint=filed.complaint.pk, at=FRIDAY + timedelta(days=3))
    seen = complaints.get_by_code(filed.code, at=FRIDAY)
    assert [step.by for step in seen.steps] == ["反映人", "审计管理员"]


def test_the_form_sent_twice_is_filed_once(world):
    nonce = uuid4()
    file(nonce=nonce)
    assert refused(file, nonce=nonce) == "complaint_twice"
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"text": " \n "}, "complaint_text_empty"),
        ({"text": "字" * 2001}, "complaint_text_long"),
        ({"season": "no-such-season"}, "complaint_season_unknown"),
        ({"phone": "12345"}, "phone_form"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(world, given, code):
    assert refused(file, **given) == code


def test_two_thousand_characters_are_taken(world):
    assert file(text="字" * 2000).complaint.pk


def test_the_way_through_every_state(world):
    filed, supervisor = file(), actor_of(world, "supervisor")
    one = {"actor": supervisor, "complaint": filed.complaint.pk}
    services.accept(**one, at=FRIDAY + timedelta(days=3))
    services.answer(**one, text="已核实，当场更换监考员。", at=FRIDAY + timedelta(days=4))
    services.close(**one, at=FRIDAY + timedelta(days=9))
    assert [entry.act for entry in entries(filed)] == [
        "complaint.filed",
        "complaint.accepted",
        "complaint.answered",
        "complaint.closed",
    ]
    seen = complaints.get_by_code(filed.code, at=FRIDAY)
    assert [(step.title, step.text) for step in seen.steps] == [
        ("提交", ""),
        ("受理", ""),
        ("答复", "已核实，当场更换监考员。"),
        ("办结", ""),
    ]
    assert {step.by for step in seen.steps} == {"反映人", "监督仲裁组"}  # to the outside a body


def test_states_that_do_not_follow_are_refused(world):
    filed, supervisor = file(), actor_of(world, "supervisor")
    one = {"actor": supervisor, "complaint": filed.complaint.pk, "at": FRIDAY}
    assert refused(services.close, **one) == "complaint_state"
    services.transfer(**one, text="转组委会办公室核实。")
    assert refused(services.accept, **one) == "complaint_state"
    assert refused(services.answer, **one, text="答") == "complaint_state"
    assert refused(services.answer, **(one | {"complaint": 0}), text="答") == "not_found"


def test_an_empty_reply_is_refused(world):
    one = {"actor": actor_of(world, "supervisor"), "complaint": file().complaint.pk, "at": FRIDAY}
    assert refused(services.answer, **one, text="  ") == "complaint_reply_empty"


def test_something_may_be_added_once_and_reopens_what_was_answered(world):
    filed, later = file(), FRIDAY + timedelta(days=20)
    one = {"actor": actor_of(world, "supervisor"), "complaint": filed.complaint.pk}
    services.answer(**one, text="查无此事。", at=FRIDAY)
    shown = "-".join(filed.code[at : at + 4] for at in range(0, 16, 4)).lower()
    complaint = services.follow_up(code=shown, text="有录像。", at=later)
    assert complaint.state == "accepted"
    assert complaint.answer_by == datetime.fromisoformat("2026-12-26T00:00:00+08:00")
    assert refused(services.follow_up, code=filed.code, text="再", at=later) == "complaint_followed"
    assert [step.text for step in complaints.get_by_code(filed.code, at=later).steps] == [
        "",
        "查无此事。",
        "有录像。",
    ]


def test_nothing_is_added_to_what_is_closed_or_unknown(world):
    filed = file()
    one = {"actor": actor_of(world, "supervisor"), "complaint": filed.complaint.pk, "at": FRIDAY}
    services.answer(**one, text="答复。")
    services.close(**one)
    assert refused(services.follow_up, code=filed.code, text="再", at=FRIDAY) == "complaint_closed"
    wrong = "0" * 16
    assert refused(services.follow_up, code=wrong, text="再", at=FRIDAY) == "complaint_code_wrong"


@pytest.mark.parametrize("role", ["office", "leader", "operator", "audit_admin", "unit_manager"])
def test_only_its_supervisors_handle_it(world, role):
    one = {"actor": actor_of(world, role), "complaint": file().complaint.pk, "at": FRIDAY}
    assert refused(services.accept, **one) == "not_found"


def test_supervisors_of_another_season_or_of_a_city_do_not(world):
    complaint = file().complaint.pk
    for other in (
        make.actor("supervisor", season=AWAY),
        make.actor("supervisor", season=HOME, unit="51/5101/"),
    ):
        assert refused(services.accept, actor=other, complaint=complaint, at=FRIDAY) == "not_found"


def test_who_judged_in_the_season_cannot_handle_it(world):
    worlds._appoint(world.accounts["supervisor"], "judge", season=HOME)
    one = {"actor": actor_of(world, "supervisor"), "complaint": file().complaint.pk}
    later = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
    assert refused(services.accept, **one, at=later) == "separation_involved"


def test_the_list_has_what_is_due_first_at_the_top(world):
    old = file(at=FRIDAY - timedelta(days=30)).complaint.pk
    new = file(at=FRIDAY).complaint.pk
    middle = file(at=FRIDAY - timedelta(days=5)).complaint.pk
    elsewhere = file(season=AWAY).complaint.pk
    page = complaints.page_of(actor_of(world, "supervisor"), view="open", number=None)
    assert [one.pk for one in page] == [old, middle, new]
    assert elsewhere not in [one.pk for one in page]


def test_the_clock_speaks_by_shape_and_words(world):
    complaint = file().complaint  # to be accepted until Tuesday 24:00

    def said(text):
        clock = complaints.clock_of(
            complaint, at=datetime.fromisoformat(f"2026-11-{text}:00+08:00")
        )
        return clock.shape, clock.words

    assert said("21T09:00") == ("todo", "受理还有3天")
    assert said("24T23:59") == ("warn", "受理今天到期")
    assert said("25T00:00") == ("late", "受理已逾期1天")
    assert said("27T12:00") == ("late", "受理已逾期3天")


def test_an_answer_is_announced_to_who_asked_for_it(world):
    contestant = world.accounts["contestant"]
    filed = file(actor=make.actor("none", account=str(contestant.pk)), receive=True)
    before = selectors.unread_count(str(contestant.pk))
    one = {"actor": actor_of(world, "supervisor"), "complaint": filed.complaint.pk}
    services.answer(**one, text="已更正。", at=FRIDAY)
    assert selectors.unread_count(str(contestant.pk)) == before + 1


def test_contacts_are_erased_after_the_season_but_not_while_an_answer_is_owed(world):
    done, owed = file(name="甲", phone=PHONE), file(name="乙", phone=PHONE)
    one = {"actor": actor_of(world, "supervisor"), "complaint": done.complaint.pk, "at": FRIDAY}
    services.answer(**one, text="答复。")
    house, later = system("retention"), FRIDAY + timedelta(days=200)
    erase = {"actor": house, "before": later, "at": later}
    assert services.erase_contacts(**erase, seasons=[AWAY]) == 0
    assert services.erase_contacts(**erase) == 1
    assert services.erase_contacts(**erase) == 0
    supervisor = actor_of(world, "supervisor")
    gone = complaints.get_complaint_for(supervisor, done.complaint.pk, at=later)
    kept = complaints.get_complaint_for(supervisor, owed.complaint.pk, at=later)
    assert (gone.name, gone.phone, gone.text) == ("", "", TEXT)
    assert (kept.name, kept.phone) == ("乙", PHONE)
    nobody = {"actor": supervisor, "before": later, "at": later}
    assert refused(services.erase_contacts, **nobody) == "forbidden"
