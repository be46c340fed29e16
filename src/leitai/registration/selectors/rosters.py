"""A delegation's list in a track against what the notice asks of it, as far as is known now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from leitai.registration.enums import LIVE, Kind, State
from leitai.registration.models import Registration
from leitai.registration.selectors import shape
from leitai.rulebook.data import FactIn
from leitai.rulebook.eligibility import Facts, holds
from leitai.rulebook.model import Cover, Roster
from leitai.seasons import selectors
from leitai.seasons.models import Season
from leitai.units.models import Delegation

_PLAYS = (Kind.CONTESTANT, Kind.SUBSTITUTE)


def faults_of(
    season: Season, stage: str, track: str, rows: Sequence[Registration]
) -> Iterator[str]:
    """A sentence for each bound that the list does not keep; nothing of an empty list.

    Who has to join or to leave is not ours to choose: the office confirms or sends it back.
    """
    listed = [
        one for one in rows if one.track == track and one.state in LIVE and one.kind in _PLAYS
    ]
    rosters = shape.rosters_of(selectors.rulebook_of(season), stage)
    if not listed or not rosters:
        return
    people = [one.person.code for one in listed]
    facts = selectors.facts_of(people) if any(one.cover for one in rosters) else {}
    players = sum(one.kind == Kind.CONTESTANT for one in listed)
    for roster in rosters:
        yield from _counted(roster, players)
        for cover in roster.cover:
            yield from _covered(cover, [facts.get(one, ()) for one in people])


def list_faulty(season: Season, stage: str) -> list[tuple[Delegation, str]]:
    """Everything of that kind in a stage, with whose list it is; nothing where no roster is set."""
    law = selectors.rulebook_of(season)
    if not shape.rosters_of(law, stage):
        return []
    rows = Registration.objects.filter(season=season, stage__code=stage, state=State.PASSED)
    sent: dict[tuple[int, str], list[Registration]] = {}
    for one in rows.select_related("person", "delegation__unit").order_by(
        "delegation__position", "track", "pk"
    ):
        sent.setdefault((one.delegation_id, one.track), []).append(one)
    return [
        (listed[0].delegation, fault)
        for (_sender, track), listed in sent.items()
        for fault in faults_of(season, stage, track, listed)
    ]


def _counted(roster: Roster, players: int) -> Iterator[str]:
    least = roster.players if roster.least is None else roster.least
    if players < least:
        yield _("参赛选手应有%(limit)s人，现有%(count)s人。") % {"limit": least, "count": players}
    elif players > roster.players:
        words = {"limit": roster.players, "count": players}
        yield _("参赛选手最多%(limit)s人，现有%(count)s人。") % words


def _covered(cover: Cover, facts: Sequence[Sequence[FactIn]]) -> Iterator[str]:
    count = sum(holds(cover.where, Facts(one, None)) is True for one in facts)
    words = {"title": cover.title, "count": count}
    if count < cover.fewest:
        words["limit"] = cover.fewest
        yield _("“%(title)s”至少%(limit)s人，现有%(count)s人。") % words
    elif cover.most is not None and count > cover.most:
        words["limit"] = cover.most
        yield _("“%(title)s”最多%(limit)s人，现有%(count)s人。") % words
