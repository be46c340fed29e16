"""Filing, protection of who files, handling by others than the deciders, appeals, statistics."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from leitai.base import sealing
from leitai.base.actor import NOBODY, Actor
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry, Proposal
from leitai.messages.models import Delivery, Message
from leitai.notices import selectors, services
from leitai.notices.models import Objection
from leitai.notices.sealed import place_of
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE
from tests.factories.units import HOUSE
from tests.rooms.notices.conftest import (
    LEADER,
    OBJECTOR,
    PHONE,
    SUPERVISOR,
    TEXT,
    accepted,
    filed,
    opened,
)


def everything_recorded():
    """All that the ledger and its proposals hold, as text."""
    entries = [bytes(one.payload).decode() for one in LedgerEntry.objects.all()]
    asked = [
        json.dumps([one.data, one.preview, one.reason], ensure_ascii=False)
        for one in Proposal.objects.all()
    ]
    said = [f"{one.title}{one.body}" for one in Message.objects.all()]
    return "\n".join([*entries, *asked, *said])


def refused(call, *arguments, **named):
    with pytest.raises(DomainError) as caught:
        call(*arguments, **named)
    return caught.value.code


def test_visitor_gives_name_and_phone_and_gets_a_code(notice):
    made = filed(notice)
    assert len(made.code) == 16
    held = Objection.objects.get()
    assert bytes(held.digest) == sealing.code_digest(made.code)
    assert selectors.get_by_code(notice.season, made.code.lower()).pk == held.pk
    assert (held.number, held.stage, held.entry, held.kind) == (
        1,
        "heat",
        "2022-5104-1",
        "objection",
    )
    assert refused(selectors.get_by_code, notice.season, "0" * 16) == "objection_code_wrong"


def test_identity_is_sealed_at_rest_and_in_no_record(notice):
    filed(notice)
    held = Objection.objects.get()
    columns = json.dumps([held.name, held.phone, held.id_number, held.unit, held.text])
    assert OBJECTOR not in columns
    assert PHONE not in columns
    assert sealing.open_sealed(held.name, place=place_of(held.pk, "name")) == OBJECTOR
    recorded = everything_recorded()
    assert OBJECTOR not in recorded
    assert PHONE not in recorded
    assert TEXT[:10] not in recorded


def test_nameless_objection_is_refused_with_everything_that_is_missing(notice):
    with pytest.raises(Problems) as caught:
        filed(notice, name="", phone="")
    assert [one.code for one in caught.value.problems] == [
        "objection_name_needed",
        "objection_phone_needed",
    ]


def test_unit_needs_its_seal(notice):
    with pytest.raises(Problems) as caught:
        filed(notice, party="unit", unit="")
    assert [one.code for one in caught.value.problems] == [
        "objection_unit_needed",
        "objection_seal_needed",
    ]
    held = filed(notice, party="unit", unit="望江街道服务中心", seals=1).objection
    assert held.party == "unit"


def test_window_is_the_notices_period(notice):
    last = notice.closes_at - timedelta(seconds=1)
    assert filed(notice, at=last).objection.file_by == notice.closes_at
    assert refused(filed, notice, at=notice.closes_at) == "objection_late"


def test_same_form_sent_twice_is_filed_once(notice):
    nonce = uuid4()
    filed(notice, nonce=nonce)
    assert refused(filed, notice, nonce=nonce) == "objection_twice"


def test_clocks_come_from_the_rulebook_and_from_the_house(notice):
    held = filed(notice).objection
    # Filed on Monday 18 July 2022, 10:00. Two working days (the house's): until the 20th, 24:00.
    assert held.accept_by == datetime(2022, 7, 20, 16, 0, tzinfo=UTC)
    # Three working days to answer (the rulebook's): Tuesday, Wednesday, Thursday the 21st.
    assert held.answer_by == datetime(2022, 7, 21, 16, 0, tzinfo=UTC)
    due = selectors.opened_of_filer(held, at=AT).due
    assert (due.words, due.until) == ("待受理", held.accept_by)
    late = selectors.opened_of_filer(held, at=held.accept_by).due
    assert (late.shape, late.words) == ("late", "受理逾期")


def test_who_decided_may_not_handle(notice):
    held = filed(notice).objection
    # Account 7 computed, confirmed and published the heat and keyed its scores.
    assert (
        refused(services.accept_objection, actor=OFFICE, objection=held, at=AT)
        == "separation_decided"
    )
    other = replace(OFFICE, account="77")
    assert services.accept_objection(actor=other, objection=held, at=AT).state == "accepted"


def test_judge_of_the_season_may_not_handle(notice):
    account = make.account("pan", "judge", season=CODE)
    judge = make.actor("supervisor", season=CODE, account=str(account.pk))
    held = filed(notice).objection
    assert (
        refused(services.accept_objection, actor=judge, objection=held, at=AT)
        == "separation_involved"
    )


def test_strangers_to_the_case_do_not_find_it(notice):
    held = filed(notice).objection
    manager = make.actor("unit_manager", season=CODE, unit="51/5101/", account="40")
    assert refused(services.accept_objection, actor=manager, objection=held, at=AT) == "not_found"
    assert refused(selectors.get_objection_for, manager, notice.season, 1) == "forbidden"


def test_decider_reads_that_there_is_a_case_and_not_what_it_says(notice):
    held = filed(notice).objection
    shown = selectors.opened_for(OFFICE, held, at=AT)
    assert (shown.bar, shown.text, shown.steps, shown.acts) == (
        "separation_decided",
        "",
        (),
        frozenset(),
    )
    assert selectors.opened_for(SUPERVISOR, held, at=AT).text == TEXT


def test_looking_up_who_it_was_is_on_the_record(notice):
    held = accepted(notice)
    who = services.reveal_objector(actor=SUPERVISOR, objection=held, reason="需当面核实证据", at=AT)
    assert who == {"name": OBJECTOR, "phone": PHONE, "id_number": "", "unit": ""}
    entry = LedgerEntry.objects.get(act="objection.revealed")
    data = canonical.decode(bytes(entry.payload))["data"]
    assert (entry.actor, data["reason"]) == (SUPERVISOR.account, "需当面核实证据")
    assert OBJECTOR not in everything_recorded()
    told = [step.title for step in selectors.opened_of_filer(held, at=AT).steps]
    assert told == ["提交", "受理"]


def test_reason_that_names_the_objector_is_refused(notice):
    held = accepted(notice)
    for reason in ("", f"与{OBJECTOR}核对"):
        code = refused(
            services.reveal_objector, actor=SUPERVISOR, objection=held, reason=reason, at=AT
        )
        assert code == ("objection_names_objector" if reason else "objection_reveal_reason")


def test_refusal_tells_its_reason_to_whoever_filed_it(notice):
    held = filed(notice).objection
    services.refuse_objection(actor=SUPERVISOR, objection=held, reason="不属于公示内容。", at=AT)
    shown = selectors.opened_of_filer(Objection.objects.get(pk=held.pk), at=AT)
    assert [(step.title, step.text) for step in shown.steps] == [
        ("提交", ""),
        ("不予受理", "不属于公示内容。"),
    ]


def test_same_issue_is_settled_once(notice):
    first, second = accepted(notice), filed(notice).objection
    assert (
        refused(services.merge_objection, actor=SUPERVISOR, objection=second, into=2, at=AT)
        == "objection_merge_same"
    )
    assert (
        refused(services.merge_objection, actor=SUPERVISOR, objection=second, into=9, at=AT)
        == "objection_merge_other"
    )
    merged = services.merge_objection(actor=SUPERVISOR, objection=second, into=1, at=AT)
    assert (merged.state, merged.merged_into_id) == ("merged", first.pk)


def test_handlers_are_told_with_the_deadline_and_deciders_are_not(season):
    handler = make.account("you", "supervisor", season=CODE)
    make.account("pu", "judge", season=CODE)
    made = filed(opened(season)).objection
    message = Message.objects.get(key=f"objection:{made.pk}")
    assert (message.title, message.deadline) == ("收到异议第1号", made.accept_by)
    assert [one.account_id for one in Delivery.objects.filter(message=message)] == [handler.pk]


def test_remedy_is_for_those_whom_the_rule_names(season):
    # The house's recheck: contestants, leaders and units, within five working days of publication.
    stranger = make.actor("patrol", season=CODE, account="50")
    mine = Actor("51", "选手1", person="p-5101-1")
    told = {"occasion": "stage:heat", "remedy": "~recheck", "name": "", "phone": ""}
    notice = opened(season)
    assert refused(filed, notice, actor=stranger, **told) == "objection_not_yours"
    held = filed(notice, actor=replace(mine, account="x"), **told).objection
    assert (held.kind, held.stage, held.notice) == ("recheck", "heat", None)
    # Published on Monday 18 July: 19, 20, 21, 22 and Monday the 25th.
    assert held.file_by == datetime(2022, 7, 25, 16, 0, tzinfo=UTC)


def test_statistics_are_counted_by_hand(notice):
    first, second, third = (filed(notice).objection for _ in range(3))
    services.refuse_objection(actor=SUPERVISOR, objection=first, reason="不属于。", at=AT)
    services.accept_objection(actor=SUPERVISOR, objection=second, at=AT)
    told = selectors.statistics_of(notice.season, at=third.accept_by)
    assert (told.total, told.waiting, told.overdue, told.refused, told.ruled) == (3, 2, 1, 1, 0)
    assert (told.closed, told.in_time_share, told.upheld_share) == (1, 100, None)
    late = selectors.statistics_of(notice.season, at=second.answer_by)
    assert late.overdue == 2


def test_result_is_not_final_while_somebody_objects(notice):
    from leitai.results import services as results

    filed(notice)
    result = small.StageResult.objects.get(stage__code="heat", state="published")
    code = refused(results.finalise_result, actor=OFFICE, result=result, at=AT)
    assert code == "objection_before_final"


def test_lists_are_bounded_in_queries(notice, django_assert_max_num_queries):
    for _ in range(5):
        filed(notice)
    season = notice.season
    with django_assert_max_num_queries(5):
        page = selectors.page_of(LEADER, season, view="all", number=None)
        rows = selectors.lines_of(season, page.object_list, at=AT)
        assert [row.about for row in rows] == [notice.title] * 5


def test_nobody_is_no_handler(notice):
    filed(notice)
    assert refused(selectors.page_of, NOBODY, notice.season, view="all", number=None) == "forbidden"


def test_who_objected_is_forgotten_and_the_case_stays(notice):
    closed, under_way = filed(notice).objection, accepted(notice)
    services.refuse_objection(actor=SUPERVISOR, objection=closed, reason="不属于。", at=AT)
    assert refused(services.erase_objectors, actor=OFFICE, seasons=[CODE], at=AT) == "forbidden"
    assert services.erase_objectors(actor=HOUSE, seasons=[CODE], at=AT) == 1
    closed.refresh_from_db()
    under_way.refresh_from_db()
    assert (closed.name, closed.phone, closed.erased_at) == ("", "", AT)
    assert selectors.opened_for(SUPERVISOR, closed, at=AT).text == TEXT
    assert under_way.name != ""


def test_who_confirmed_the_list_decided_it(season):
    notice = opened(season, subject="entries:selection", basis="", within=3)
    told = {"remedy": "heat", "occasion": f"notice:{notice.number}", "entry": ""}
    assert refused(filed, notice, **told) == "objection_occasion_unknown"
    other = make.actor("office", season=CODE, account="78")
    held = filed(opened(season)).objection
    Objection.objects.filter(pk=held.pk).update(stage="selection")
    held.refresh_from_db()
    assert (
        refused(services.accept_objection, actor=OFFICE, objection=held, at=AT)
        == "separation_decided"
    )
    assert services.accept_objection(actor=other, objection=held, at=AT).state == "accepted"


def test_letter_is_registered_by_a_handler_for_whom_it_names(notice):
    came, now = notice.closes_at - timedelta(hours=1), notice.closes_at + timedelta(hours=20)
    clerk = make.actor("supervisor", season=CODE, account="71")
    held = filed(notice, actor=clerk, received_at=came, at=now).objection
    assert (held.filed_at, held.account_id) == (came, None)
    assert services.filing.identity_of(held)["name"] == OBJECTOR
    step = held.steps.get()
    assert (step.kind, step.by) == ("filed", "71")
    assert (
        refused(filed, notice, actor=clerk, received_at=now + timedelta(hours=1), at=now)
        == "objection_received_later"
    )
    assert refused(filed, notice, actor=clerk, at=now) == "objection_late"


@pytest.mark.parametrize(
    ("role", "may"), [("unit_manager", True), ("local_office", True), ("publicity", False)]
)
def test_who_speaks_for_a_unit_uses_the_remedies_of_a_unit(season, role, may):
    """A city's own committee as well as the unit's manager: the house's recheck names the unit."""
    actor = make.actor(role, season=CODE, unit="51/5103/", account="30")
    [way] = [
        one for one in selectors.ways_of(actor, season, at=AT) if one.remedy.code == "~recheck"
    ]
    assert way.mine is may
