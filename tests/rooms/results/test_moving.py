"""递补: a withdrawal, who moves up by the rules, and the approval that does it."""

import pytest

from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.messages.models import Delivery
from leitai.people.models import Person
from leitai.results import selectors, services
from leitai.results.models import StageResult
from leitai.rulebook import editing
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, Fact
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE, entry

pytestmark = pytest.mark.django_db
LEADER = make.actor("leader", season=CODE, account="8")


def withdraw(season, short, stage="final"):
    row = Entry.objects.get(stage__code=stage, code=entry(short))
    seasons.withdraw_entry(
        actor=OFFICE, season=season, stage=stage, entry=row, reason="因病不能参赛", at=AT
    )


def propose(season):
    return services.propose_moving_up(
        actor=OFFICE, season=season, stage="heat", reason="选手因病退赛", at=AT
    )


def in_final():
    rows = Entry.objects.filter(stage__code="final", state="confirmed").order_by("code")
    return [row.code.removeprefix("2022-") for row in rows]


def test_nobody_moves_up_for_nothing():
    season = small.at_heat()
    small.held(season, "heat")
    assert selectors.moving_page(OFFICE, CODE).vacancies == ()
    with pytest.raises(DomainError, match="moving_none"):
        propose(season)


def test_a_team_member_withdraws_and_the_next_of_the_team_moves_up():
    """自贡 sends its two best; 5103-2 withdraws, 5103-3 is third inside."""
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    account = make.account("reserve")
    Entry.objects.filter(code=entry("5103-3")).first().person.__class__.objects.filter(
        code="p-5103-3"
    ).update(account=account)
    keeper = make.account("keeper", "unit_manager", unit="5103", season=CODE)
    make.account("elsewhere", "unit_manager", unit="5101", season=CODE)
    withdraw(season, "5103-2")
    [vacancy] = selectors.moving_page(OFFICE, CODE).vacancies
    assert [(one.name, one.state, one.to_title) for one in vacancy.gone] == [
        ("选手2", "退赛", "总决赛")
    ]
    assert [(turn.key, turn.gained) for turn in vacancy.effect.turns] == [
        (entry("5103-2"), False),
        (entry("5103-3"), True),
    ]
    asked = propose(season)
    assert asked.preview == [
        "选手2（自贡市）不参加总决赛：退赛。",
        "选手2（自贡市）不再进入总决赛。",
        "选手3（自贡市）进入总决赛。",
    ]
    assert "5103-3" not in in_final()
    ledger.approve(actor=LEADER, proposal=asked, at=AT)
    assert in_final() == ["51-province-1", "51-province-2", "5101-1", "5101-2", "5103-1", "5103-3"]
    new = StageResult.objects.filter(stage__code="heat").latest("version")
    assert (new.version, new.state) == (2, "published")
    told = Delivery.objects.filter(account=account, message__title="您已递补进入总决赛")
    assert told.exists()
    home = Delivery.objects.filter(message__title="选手3递补进入总决赛")
    assert [one.account_id for one in home] == [keeper.pk]
    assert selectors.moving_page(OFFICE, CODE).vacancies == ()


def test_the_public_reasons_stay_readable_while_nobody_has_moved_up_yet():
    season = small.at_heat()
    result = small.held(season, "heat", publish=True)
    withdraw(season, "5103-2")
    why = selectors.why(
        result, track="individual", board="main", upper=entry("5103-1"), lower=entry("5103-2")
    )
    assert why.steps[1].verdict == "decides"


def test_a_place_that_nobody_can_take_stays_empty(monkeypatch):
    text = editing.set_value(small.TEXT, "stages.heat.advance[1].fill", "none")
    monkeypatch.setattr(small, "TEXT", text)
    season = small.at_heat()
    small.held(season, "heat")
    withdraw(season, "51-province-1")
    asked = propose(season)
    assert asked.preview == [
        "选手1（省本级）不参加总决赛：退赛。",
        "没有可以递补的人，空出的名额不补。",
        "选手1（省本级）不再进入总决赛。",
    ]
    ledger.approve(actor=LEADER, proposal=asked, at=AT)
    assert "51-province-1" not in in_final()


def test_the_reserves_that_the_rules_keep_are_named(monkeypatch):
    text = editing.set_value(small.TEXT, "stages.heat.advance[1].reserves", 2)
    monkeypatch.setattr(small, "TEXT", text)
    season = small.at_heat()
    small.held(season, "heat")
    withdraw(season, "51-province-2")
    [vacancy] = selectors.moving_page(OFFICE, CODE).vacancies
    assert [(one.order, one.name, one.delegation) for one in vacancy.reserves] == [
        (1, "选手1", "攀枝花市"),
        (2, "选手2", "攀枝花市"),
    ]


def test_nobody_moves_up_into_a_stage_that_was_scored():
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    withdraw(season, "5103-2")
    marks = {k: v for k, v in small.FINAL.items() if k != "5103-2"}
    small.score(season, "final", marks)
    with pytest.raises(DomainError, match="moving_late"):
        propose(season)


def test_the_office_hears_of_a_place_that_was_given_up():
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    office = make.account("desk", "office", season=CODE)
    make.account("watch", "supervisor", season=CODE)
    withdraw(season, "5103-2")
    told = Delivery.objects.filter(message__title="总决赛空出一个名额")
    assert {one.account_id for one in told} == {office.pk}
    assert told[0].message.link == f"/office/{CODE}/moving/"


def test_a_list_that_a_body_confirms_shows_who_would_move_up(monkeypatch):
    """The changed list waits for its word; the preview says for whom, and who moved up hears it."""
    text = editing.set_value(small.TEXT, "stages.heat.advance[0].confirm", "竞赛组委会")
    monkeypatch.setattr(small, "TEXT", text)
    season = small.at_heat()
    result = services.compute_stage(actor=OFFICE, season=season, stage="heat", at=AT)
    result = services.resolve_by_decision(
        actor=OFFICE, result=result, index=0, note="会议确认", at=AT
    )
    services.confirm_result(actor=OFFICE, result=result, at=AT)
    withdraw(season, "5103-2")
    [vacancy] = selectors.moving_page(OFFICE, CODE).vacancies
    assert [(turn.key, turn.gained) for turn in vacancy.effect.turns] == [
        (entry("5103-2"), False),
        (entry("5103-3"), True),
    ]
    assert "须经竞赛组委会确认后生效" in vacancy.effect.open[0]

    account = make.account("reserve")
    Person.objects.filter(code="p-5103-3").update(account=account)
    ledger.approve(actor=LEADER, proposal=propose(season), at=AT)
    told = Delivery.objects.filter(account=account, message__title="您已递补进入总决赛")
    assert (told.exists(), "5103-3" in in_final()) == (False, False)
    changed = StageResult.objects.filter(stage__code="heat").latest("version")
    changed = services.resolve_by_decision(
        actor=LEADER, result=changed, index=0, note="会议确认递补", at=AT
    )
    services.confirm_result(actor=OFFICE, result=changed, at=AT)
    assert (told.exists(), "5103-3" in in_final()) == (True, True)


def replace_in_final(season, short):
    """By a person of the delegation who stands in no stage; the number after the last is theirs."""
    [person] = make.people(short.rpartition("-")[0], 1, prefix="stand-in")
    return put_in_final(season, short, person.code)


def put_in_final(season, short, person):
    return seasons.replace_entry(
        actor=OFFICE,
        season=season,
        stage="final",
        entry=Entry.objects.get(stage__code="final", code=entry(short)),
        person=Person.objects.get(code=person),
        reason="因公出差",
        at=AT,
    )


def test_who_is_put_in_a_place_counts_towards_the_cap_of_the_rule_that_gave_it(monkeypatch):
    """Of one body no more than one goes on by rank; 省本级 has one each of two bodies in."""
    cap = [{"per": "unit", "count": 1, "source": "同一单位不超过1人"}]
    monkeypatch.setattr(
        small, "TEXT", editing.set_value(small.TEXT, "stages.heat.advance[1].cap", cap)
    )
    season = small.at_heat()
    serves("p-51-province-1", "就业局")
    serves("p-51-province-2", "社保局")
    small.held(season, "heat", publish=True)
    make.people("51-province", 2, prefix="stand-in")
    serves("stand-in-51-province-1", "社保局")
    serves("stand-in-51-province-2", "就业局")
    with pytest.raises(DomainError) as over:
        put_in_final(season, "51-province-1", "stand-in-51-province-1")
    told = over.value.data
    assert (over.value.code, told["of"], told["limit"], told["standing"], told["source"]) == (
        "replacement_over",
        "社保局",
        1,
        1,
        "同一单位不超过1人",
    )
    put_in_final(season, "51-province-1", "stand-in-51-province-2")
    assert "51-province-3" in in_final()


def serves(person, unit):
    held = Person.objects.get(code=person)
    Fact.objects.create(
        person=held, kind="unit", value=unit, source="花名册", recorded_by="7", recorded_at=AT
    )


def test_who_was_put_in_a_place_keeps_it_when_the_stage_before_is_held_again():
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    made = replace_in_final(season, "5103-2")
    assert made.code == entry("5103-4")
    expected = ["51-province-1", "51-province-2", "5101-1", "5101-2", "5103-1", "5103-4"]
    assert in_final() == expected
    small.score(season, "heat", {"5104-3": (5100, 2000, 3000)})
    small.held(season, "heat", publish=True)
    assert in_final() == expected


def test_who_was_put_in_a_place_gives_it_up_and_the_next_moves_up():
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    replace_in_final(season, "5103-2")
    assert selectors.moving_page(OFFICE, CODE).vacancies == ()
    withdraw(season, "5103-4")
    [vacancy] = selectors.moving_page(OFFICE, CODE).vacancies
    assert [(one.entry, one.state) for one in vacancy.gone] == [(entry("5103-4"), "退赛")]
    ledger.approve(actor=LEADER, proposal=propose(season), at=AT)
    assert in_final() == ["51-province-1", "51-province-2", "5101-1", "5101-2", "5103-1", "5103-3"]
