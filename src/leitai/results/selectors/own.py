"""A contestant's own result, or the team's: marks, rank, and why the neighbour above is above."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.results.evidence import law_of
from leitai.results.models import StageResult, Standing
from leitai.results.selectors.access import published_stages, sight_of
from leitai.results.selectors.boards import Mark, decimals_of, person_marks
from leitai.results.selectors.reasons import Why, why
from leitai.results.wording import text_of
from leitai.rulebook import numbers
from leitai.rulebook.data import MAIN, team_board
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import REPLAYED, ScoreState, ScoreStatus
from leitai.seasons.models import Entry, Score


@dataclass(frozen=True, slots=True)
class Figure:
    """A mark or a tie key with its unit: 多项选择题得分 32.00 分."""

    title: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class OwnResult:
    """`rank` is None where the entry is not ranked; `status` says then why (absent, void)."""

    result: StageResult
    entry: Entry
    status: str
    rank: int | None
    of: int
    team_rank: int | None
    team_of: int
    total: str
    figures: tuple[Figure, ...]
    marks: tuple[Mark, ...]
    awards: tuple[tuple[str, str], ...]  # title and reason
    reasons: tuple[str, ...]  # why the entry goes on
    why: Why | None


def get_own_result_for(viewer: Actor, season: str, stage: str) -> OwnResult:
    """The viewer's own place in a published stage; raises DomainError("not_found")."""
    for own in list_own_results_for(viewer, season, stage=stage):
        return own
    raise DomainError("not_found")


def list_own_results_for(
    viewer: Actor, season: str, *, stage: str | None = None
) -> list[OwnResult]:
    """The viewer's own places in every published stage (or one), in the order of the season."""
    if not viewer.person:
        return []
    found: list[OwnResult] = []
    for result in published_stages(season):
        if stage in (None, result.stage.code) and sight_of(viewer, result).own:
            entries = seasons.entries_with(viewer.person).filter(stage=result.stage_id)
            rows = entries.select_related("delegation__unit", "person").order_by("pk")
            found.extend(_own(result, entry) for entry in rows)
    return found


def _own(result: StageResult, entry: Entry) -> OwnResult:
    rulebook = law_of(result)
    board = team_board(entry.delegation.unit.code)
    rows = {row.board: row for row in result.standings.filter(entry=entry)}
    sizes = {
        name: result.standings.filter(track=entry.track, board=name).count()
        for name in (MAIN, board)
    }
    scores = list(
        Score.objects.filter(entry=entry).exclude(state=ScoreState.SUPERSEDED).order_by("event")
    )
    main, team, kind = rows.get(MAIN), rows.get(board), rulebook.tracks[entry.track].kind
    places = decimals_of(rulebook, result.stage.code)
    awards = result.awards.filter(entry__person=entry.person_id, entry__team=entry.team)
    return OwnResult(
        result=result,
        entry=entry,
        status=_status(scores),
        rank=main.rank if main else None,
        of=sizes[MAIN],
        team_rank=team.rank if team else None,
        team_of=sizes[board],
        total=numbers.show(Fraction(main.total), places) if main else "",
        figures=_figures(rulebook, scores),
        marks=person_marks(result, [entry.code])[entry.code],
        awards=tuple(
            (one.title, text_of(one.reason, of=kind)) for one in awards.order_by("position")
        ),
        reasons=tuple(
            text_of(row.reason, of=kind) for row in result.advancements.filter(entry=entry)
        ),
        why=_why_above(result, main),
    )


def _why_above(result: StageResult, own: Standing | None) -> Why | None:
    """The step between one's own place and the next better one; nobody is above the first."""
    if own is None:
        return None
    above = (
        result.standings.filter(track=own.track, board=MAIN, position=own.position - 1)
        .values_list("entry__code", flat=True)
        .first()
    )
    if above is None:
        return None
    try:
        return why(result, track=own.track, board=MAIN, upper=above, lower=own.entry.code)
    except DomainError as error:
        if error.code == "result_stale":  # a correction is under way: the place may change
            return None
        raise


def _figures(rulebook: Rulebook, scores: list[Score]) -> tuple[Figure, ...]:
    figures = []
    for score in scores:
        if score.status != ScoreStatus.OK:
            continue
        event = rulebook.events[score.event]
        value = numbers.show(score.exact, score.decimals)
        figures.append(Figure(event.title, value, gettext("分")))
        for name, key in event.keys.items():
            if name in score.keys:
                amount = numbers.scaled(score.keys[name], key.decimals)
                figures.append(
                    Figure(key.title, numbers.show(amount, key.decimals), _unit(key.unit))
                )
    return tuple(figures)


def _unit(unit: str) -> str:
    """The rulebook's own word, in the reader's language where we know it."""
    return {"分": gettext("分"), "秒": gettext("秒")}.get(unit, unit)


def _status(scores: list[Score]) -> str:
    wrong = [score for score in scores if score.status != ScoreStatus.OK]
    if any(score.source.startswith(REPLAYED) for score in wrong):
        return gettext("原成绩作废，等待重赛")
    return str(wrong[0].get_status_display()) if wrong else ""
