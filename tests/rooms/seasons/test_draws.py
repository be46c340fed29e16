"""A draw-1 from plan to order: who may, when, in which order, and what stays secret until when."""

import hashlib
import json
from datetime import timedelta

import pytest

from leitai.kernel import draw as lots
from leitai.kernel import draw_record
from leitai.kernel.draw_manifest import Public
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.seasons import selectors, services
from leitai.seasons.models import Draw, DrawParty
from leitai.seasons.services import Witness
from tests.factories import draws as make
from tests.factories import people
from tests.factories import seasons as factory
from tests.factories.draws import COMMIT, REVEAL_BY, SECRETS, SOURCE_AT

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def season():
    return factory.draft()


def refused(code):
    return pytest.raises(DomainError, match=f"^{code}( |$)")


def acts(draw):
    entries = LedgerEntry.objects.filter(subject=f"draw:{draw.pk}").order_by("seq")
    return [(entry.act, json.loads(bytes(entry.payload))["data"]) for entry in entries]


def by_hand(pool, key):
    """The order by hashlib alone, as the document's ten lines do it."""
    rest, found = sorted(pool), []
    for step in range(len(pool)):
        edge = step.to_bytes(2, "big")
        number = int(hashlib.sha256(edge + key.encode() + edge).hexdigest(), 16)
        found.append(rest.pop(number % len(rest)))
    return found


def test_draw_goes_its_whole_way(season):
    draw = make.drawn(season)
    manifest = json.dumps(draw.manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(manifest.encode()).hexdigest()
    key = f"{digest.upper()}/{SECRETS['organiser']}/{SECRETS['supervisor']}/1.3.3.4.6.6./"
    assert (draw.state, draw.number, draw.manifest_hash, draw.key) == ("drawn", 1, digest, key)
    assert draw.manifest["draw_id"] == "sichuan-2022/draw/1"
    assert draw.outcome == by_hand(["A1", "B2", "C3"], key)
    assert [act for act, _ in acts(draw)] == [
        "draw.planned", "draw.party_committed", "draw.party_committed", "draw.committed",
        "draw.frozen", "draw.revealed", "draw.revealed", "draw.sourced", "draw.recorded",
    ]  # fmt: skip
    assert acts(draw)[3][1]["hash"] == digest
    assert acts(draw)[-1][1]["outcome"] == draw.outcome


def test_downloaded_record_holds_and_says_when(season):
    record = json.loads(json.dumps(selectors.draw_record(make.drawn(season))))
    assert [claim.code for claim in draw_record.verify(record) if not claim.holds] == []
    assert (record["reveals"][0]["at"], record["public"]["at"]) == (
        "2022-08-17T08:00:00Z", "2022-08-18T00:30:00Z",
    )  # fmt: skip
    assert record["list"] == [["C3", "丙队"], ["A1", "甲队"], ["B2", "乙队"]]


def test_constraints_hold_and_the_attempt_is_kept(season):
    from leitai.kernel.draw import Constraint

    draw = make.drawn(season, constraints=[Constraint("not_first", (("A1", "B2"),))], relax=[0])
    assert draw.outcome[0] == "C3"
    assert draw.outcome == by_hand(["A1", "B2", "C3"], f"{draw.key}{draw.attempt}/")
    assert selectors.draw_holds(draw)


def test_no_secret_is_kept_before_it_is_revealed(season):
    draw = make.frozen(season, keep=["supervisor"])
    row = json.dumps(list(DrawParty.objects.filter(draw=draw).values()), default=str)
    ledger = "".join(json.dumps(data) for _, data in acts(draw))
    for secret in SECRETS.values():
        assert secret not in row + ledger
    kept = DrawParty.objects.get(draw=draw, role="supervisor")
    assert (kept.sealed != "", kept.secret) == (True, "")
    services.reveal_secret(
        actor=make.supervisor(season), draw=draw, role="supervisor", at=REVEAL_BY
    )
    kept.refresh_from_db()
    assert (kept.sealed, kept.secret) == ("", SECRETS["supervisor"])


def test_who_keeps_nothing_must_type_it(season):
    draw = make.frozen(season)
    for secret, code in (("", "draw_secret_missing"), ("ab" * 16, "draw_secret_differs")):
        with refused(code):
            services.reveal_secret(
                actor=make.office(season), draw=draw, role="organiser", secret=secret, at=COMMIT
            )


def test_steps_come_in_their_order(season):
    draw, office = make.planned(season), make.office(season)
    steps = {
        "freeze": lambda: services.freeze_draw(actor=office, draw=draw, at=COMMIT),
        "reveal": lambda: services.reveal_secret(
            actor=office, draw=draw, role="organiser", secret=SECRETS["organiser"], at=COMMIT
        ),
        "source": lambda: services.enter_public(
            actor=office, draw=draw, public=make.DICE, witnesses=make.WITNESSES, at=SOURCE_AT
        ),
        "compute": lambda: services.compute_draw(actor=office, draw=draw, at=SOURCE_AT),
    }
    for step in steps.values():
        with refused("draw_state"):
            step()
    with refused("draw_commitment_missing"):
        services.publish_draw(actor=office, draw=draw, at=COMMIT)


def test_nothing_is_computed_or_keyed_twice(season):
    draw, office = make.drawn(season), make.office(season)
    with refused("draw_state"):
        services.compute_draw(actor=office, draw=draw, at=SOURCE_AT)
    with refused("draw_state"):
        services.ask_abort(actor=office, draw=draw, reason="不满意", at=SOURCE_AT)
    with refused("draw_again"):
        make.planned(season)


def test_a_secret_a_second_late_is_refused(season):
    draw, office = make.frozen(season), make.office(season)
    with refused("draw_reveal_late"):
        services.reveal_secret(
            actor=office, draw=draw, role="organiser", secret=SECRETS["organiser"],
            at=REVEAL_BY + SECOND,
        )  # fmt: skip


def test_numbers_a_second_early_are_refused(season):
    draw = make.revealed(season)
    with refused("draw_source_ahead"):
        services.enter_public(
            actor=make.office(season), draw=draw, public=make.DICE, witnesses=make.WITNESSES,
            at=SOURCE_AT - SECOND,
        )  # fmt: skip


def test_source_comes_after_the_reveals(season):
    with pytest.raises(DomainError) as caught:
        make.planned(season, source_at=REVEAL_BY)
    assert [one.code for one in caught.value.problems] == ["draw_source_early"]
    with refused("draw_deadline_past"):
        services.plan_draw(actor=make.office(season), season=season, plan=make.plan(), at=REVEAL_BY)


def test_each_speaks_for_one_party_only(season):
    draw = make.planned(season, third="选手代表")
    leader = people.actor("team_leader", season=season.code, unit="51/5101/", account="9")
    both = people.actor("office", season=season.code, account="5")
    both = type(both)(
        "5", "双栖", appointments=both.appointments + make.supervisor(season).appointments
    )

    def commit(actor, role, digest="ab" * 32):
        return services.commit_secret(
            actor=actor, draw=draw, role=role, commitment=digest, at=COMMIT
        )

    for actor, role in (
        (make.supervisor(season), "organiser"),
        (make.office(season), "supervisor"),
        (leader, "supervisor"),
        (make.office(season), "contestants"),
        (people.actor("supervisor", season=season.code, unit="51/5101/"), "supervisor"),
        (people.actor("team_leader", season="other", unit="51/5101/"), "contestants"),
    ):
        with refused("forbidden"):
            commit(actor, role)
    commit(both, "organiser")
    with refused("draw_two_hats"):
        commit(both, "supervisor", "cd" * 32)
    commit(leader, "contestants", "ef" * 32)
    with refused("draw_commitment_used"):
        commit(make.supervisor(season), "supervisor", "ef" * 32)


def test_a_named_representative_speaks_alone(season):
    account = people.account("rep")
    draw = make.planned(season, third="选手代表", third_account="rep")
    leader = people.actor("team_leader", season=season.code, unit="51/5101/", account="9")
    with refused("forbidden"):
        services.commit_secret(
            actor=leader, draw=draw, role="contestants", commitment="ab" * 32, at=COMMIT
        )
    party = services.commit_secret(
        actor=people.actor("", account=str(account.pk)), draw=draw, role="contestants",
        commitment="AB" * 32, at=COMMIT,
    )  # fmt: skip
    assert party.commitment == "ab" * 32


def test_a_secret_is_used_once(season):
    make.committed(season)
    draw = make.planned(season, purpose="分组")
    with refused("draw_commitment_used"):
        services.commit_secret(
            actor=make.office(season), draw=draw, role="organiser",
            commitment=lots.commitment(SECRETS["organiser"]), at=COMMIT,
        )  # fmt: skip


def test_names_are_mended_at_the_freeze_and_ids_are_not(season):
    draw, office = make.committed(season), make.office(season)
    with refused("draw_roster_differs"):
        services.freeze_draw(
            actor=office, draw=draw, roster=[("A1", "甲"), ("B2", "乙"), ("D4", "丁")], at=COMMIT
        )
    draw = services.freeze_draw(
        actor=office, draw=draw, roster=[("A1", "甲"), ("B2", "乙"), ("C3", "丙")], at=COMMIT
    )
    raw = '[["A1","甲"],["B2","乙"],["C3","丙"]]'
    assert draw.roster_hash == hashlib.sha256(raw.encode()).hexdigest()


def test_numbers_need_the_source_and_two_witnesses(season):
    draw, office = make.revealed(season), make.office(season)

    def enter(public=make.DICE, witnesses=make.WITNESSES, **more):
        return services.enter_public(
            actor=office, draw=draw, public=public, witnesses=witnesses, at=SOURCE_AT, **more
        )

    keyer = people.account("keyer")
    both = people.actor("office", season=season.code, account=str(keyer.pk))
    for code, given in (
        ("draw_number", {"public": Public(((1, 2, 3, 4, 5, 7),))}),
        ("draw_witnesses", {"witnesses": make.WITNESSES[:1]}),
        ("draw_witness_keyed", {"witnesses": [Witness("蒲清越"), Witness("万里晴")]}),
        ("account_unknown", {"witnesses": [Witness("岑雪桥", "", "nobody"), Witness("万里晴")]}),
        ("draw_fallback_note", {"fallback": True}),
    ):
        with refused(code):
            enter(**given)
    with refused("draw_witness_keyed"):
        services.enter_public(
            actor=both, draw=draw, public=make.DICE, at=SOURCE_AT,
            witnesses=[Witness("岑雪桥", "", "keyer"), Witness("万里晴")],
        )  # fmt: skip
    assert enter(fallback=True, note="停电").public["fallback"] is True


def test_abort_needs_a_supervisor_and_the_next_draw_names_it(season):
    draw, office = make.frozen(season, keep=["organiser"]), make.office(season)
    with refused("draw_abort_unasked"):
        services.answer_abort(actor=make.supervisor(season), draw=draw, agree=True, at=COMMIT)
    with refused("draw_abort_reason"):
        services.ask_abort(actor=office, draw=draw, reason=" ", at=COMMIT)
    services.ask_abort(actor=office, draw=draw, reason="监督组未按时公开", at=COMMIT)
    with refused("forbidden"):
        services.answer_abort(actor=office, draw=draw, agree=True, at=COMMIT)
    asked = people.actor("supervisor", season=season.code, account=office.account)
    with refused("draw_abort_own"):
        services.answer_abort(actor=asked, draw=draw, agree=True, at=COMMIT)
    draw = services.answer_abort(actor=make.supervisor(season), draw=draw, agree=True, at=COMMIT)
    assert (draw.state, draw.parties.exclude(sealed="").count()) == ("aborted", 0)
    with refused("draw_replaces"):
        make.planned(season)
    again = services.plan_draw(
        actor=office, season=season, plan=make.plan(), replaces=draw, at=COMMIT
    )
    assert (again.number, again.manifest["replaces"]) == (2, "sichuan-2022/draw/1")
    assert selectors.draw_record(draw)["aborted"] == {"reason": "监督组未按时公开"}


def test_a_declined_abort_lets_the_draw_go_on(season):
    draw = make.frozen(season)
    services.ask_abort(actor=make.office(season), draw=draw, reason="想重来", at=COMMIT)
    draw = services.answer_abort(actor=make.supervisor(season), draw=draw, agree=False, at=COMMIT)
    assert (draw.state, draw.abort_asked_by, acts(draw)[-1][0]) == (
        "frozen", "", "draw.abort_declined",
    )  # fmt: skip


def test_only_the_office_of_the_host_runs_it(season):
    stranger = people.actor("office", season=season.code, unit="51/5101/")
    draw = make.committed(season)
    with refused("forbidden"):
        services.plan_draw(actor=stranger, season=season, plan=make.plan(), at=COMMIT)
    with refused("forbidden"):
        services.freeze_draw(actor=stranger, draw=draw, at=COMMIT)
    with refused("forbidden"):
        services.freeze_draw(actor=make.supervisor(season), draw=draw, at=COMMIT)


def test_recorded_numbers_alone_are_marked_simple(season):
    office = make.office(season)
    draw = services.record_draw(
        actor=office, season=season, purpose="同分", pool=["b", "a"], key="K/", at=COMMIT
    )
    assert (draw.kind, draw.state, draw.number) == ("simple", "drawn", 1)
    record = selectors.draw_record(draw)
    assert all(claim.holds for claim in draw_record.verify(record))
    assert Draw.objects.get().outcome == by_hand(["a", "b"], "K/")


def test_the_page_of_recorded_numbers_names_whom_they_stand_for():
    season = factory.opened()
    office = make.office(season)
    entries = factory.nominated(season, "5101", 2)
    codes = [one.code for one in entries]
    draw = services.record_draw(
        actor=office, season=season, purpose="同分", pool=codes, key="K/", at=COMMIT
    )
    page = selectors.draw_page(office, draw, at=COMMIT)
    people = {one.code: (one.person.name, "成都市") for one in entries}
    assert {row.code: (row.name, row.unit) for row in page.rows} == people
    assert page.units
    assert selectors.draw_record(draw)["list"] == []  # the record itself keeps numbers alone


def test_a_draw_of_delegations_names_them_and_has_no_units(season):
    office = make.office(season)
    draw = services.record_draw(
        actor=office, season=season, purpose="同分", pool=["5101", "x"], key="K/", at=COMMIT
    )
    page = selectors.draw_page(office, draw, at=COMMIT)
    assert {row.code: row.name for row in page.rows} == {"5101": "成都市", "x": "x"}
    assert not page.units
