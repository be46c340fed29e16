"""From selection to the final, and the awards: a rulebook in a few boxes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from leitai.base.words import listed
from leitai.rulebook.model import Advance, Award, Rulebook, Stage
from leitai.seasons.selectors.progress import Phase, StageProgress

State = str  # "", "past" or "next": the classes of the drawing


@dataclass(frozen=True, slots=True)
class Box:
    small: str
    big: str
    words: str = ""
    state: State = ""


@dataclass(frozen=True, slots=True)
class Fork:
    """Ways into the next stage that stand one above the other."""

    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Prize:
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Prizes:
    teams: tuple[Prize, ...]
    people: tuple[Prize, ...]


def flow(law: Rulebook, progress: list[StageProgress], delegations: int) -> list[Box | Fork]:
    """Each stage as a box, and between two stages the ways from one to the other."""
    drawn: list[Box | Fork] = []
    upcoming = next((stage.code for stage in progress if stage.phase != Phase.DONE), "")
    for stage in progress:
        state = "next" if stage.code == upcoming else ""
        state = "past" if stage.phase == Phase.DONE else state
        drawn.append(_stage_box(law, stage, delegations, state))
        ways = [_way(rule) for rule in stage.rule.advance if rule.take is None]
        if len(ways) > 1:
            drawn.append(Fork(tuple(ways)))
        else:
            drawn.extend(ways)
    return drawn


def prizes(law: Rulebook, delegations: int) -> Prizes:
    """How many of each award there are, where the rules say a number."""
    counted = [
        (award.to, Prize(award.title, count))
        for award in law.awards
        if (count := places(award, delegations))
    ]
    return Prizes(
        tuple(prize for to, prize in counted if to == "team"),
        tuple(prize for to, prize in counted if to == "person"),
    )


def places(award: Award, delegations: int) -> int:
    """How many places an award has; 0 where only the entries will tell (a share, a line)."""
    if award.ranks is not None:
        first, last = award.ranks
        return last - first + 1
    top = award.top or award.count
    return top * delegations if award.per == "delegation" else top


def _stage_box(law: Rulebook, stage: StageProgress, delegations: int, state: State) -> Box:
    rule = stage.rule
    given = [award for award in law.awards if award.stage == stage.code]
    if rule.quota is not None and rule.quota.per == "delegation":
        big = f"{_teams(delegations)} × {_people(rule.quota.count)}"
    elif rule.method == "contest" and not rule.advance and given:
        big = _awarded(given, delegations)
    elif stage.total.entries:
        count = stage.total.entries
        text = ngettext("%(people)s人参赛", "%(people)s人参赛", count)
        big = text % {"people": f"{count:,}"}
    else:
        big = listed(law.events[event].title for event in rule.events)
    return Box(rule.title, big, _team_words(rule), state)


def _awarded(given: list[Award], delegations: int) -> str:
    teams = sum(places(award, delegations) for award in given if award.to == "team")
    people = sum(places(award, delegations) for award in given if award.to == "person")
    parts = []
    if teams:
        parts.append(_teams(teams))
    if people:
        parts.append(_people(people))
    return gettext("设奖%(holders)s") % {"holders": listed(parts)}


def _teams(count: int) -> str:
    return ngettext("%(count)s队", "%(count)s队", count) % {"count": count}


def _people(count: int) -> str:
    return ngettext("%(count)s人", "%(count)s人", count) % {"count": count}


def _team_words(rule: Stage) -> str:
    if rule.team is None:
        return rule.quota.source if rule.quota else ""
    if rule.team.of == "advanced":
        words = gettext("%(title)s＝晋级队全部参赛选手前%(top)s名得分之和")
    else:
        words = gettext("%(title)s＝本队前%(top)s名得分之和")
    return words % {"title": rule.team.title, "top": rule.team.top}


def _way(rule: Advance) -> Box:
    if rule.teams is not None:
        if rule.guests == "skip":
            small = gettext("团体前%(teams)s名（不占名额的队除外）")
        else:
            small = gettext("团体前%(teams)s名")
        big = f"{_teams(rule.teams)} × {_people(rule.members or 0)}"
        return Box(small % {"teams": rule.teams}, big)
    small = gettext("个人前%(top)s名的其余选手") if rule.except_ else gettext("个人前%(top)s名")
    return Box(small % {"top": rule.top or 0}, gettext("以个人身份参赛"))
