"""Logs and seats as the tables that `leitai rulebook decide` reads, beside the rules themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

from leitai.live.enums import MatchState
from leitai.live.models import Line, Match
from leitai.live.selectors.frozen import law_of
from leitai.rulebook import numbers
from leitai.rulebook.data import EntryIn, ScoreIn
from leitai.rulebook.inputs import carried_into
from leitai.rulebook.keys import event_keys
from leitai.rulebook.model import Rulebook
from leitai.rulebook.tables.columns import ENTRIES, IN, LOG, SCORES
from leitai.rulebook.tables.packing import RULES, written
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Stage

PLAYED = (MatchState.RUNNING, MatchState.CLOSED)


def tables_of(match: Match) -> dict[str, str]:
    """The tables of the match's stage and track: entries, other events' scores, every log.

    Beside them the stages from which this one carries figures, with their scores.
    """
    stage = seasons.get_stage(seasons.get_season(match.season), match.stage)
    found = stage_tables(stage, matches_beside(match), tracks={match.track})
    return {**found, RULES: law_of(match).text}


def stage_tables(
    stage: Stage,
    matches: Sequence[Match],
    *,
    tracks: Collection[str],
    apart: Collection[tuple[str, str]] = (),
) -> dict[str, str]:
    """Entries and scores of a stage, of those it carries figures from, and the logs of matches.

    `apart` are (track, event) of the stage whose figures other tables give; none twice.
    """
    inputs = seasons.decision_inputs(stage.season, stage.code)
    stages = _with_earlier(inputs.rulebook, stage.code)
    given = {*apart, *((one.track, one.event) for one in matches)}
    entries = [one for one in inputs.entries if one.stage in stages and one.track in tracks]
    scores = [
        one
        for one in inputs.scores
        if one.stage in stages
        and one.track in tracks
        and (one.stage != stage.code or (one.track, one.event) not in given)
    ]
    return {
        ENTRIES: written(IN[ENTRIES].known, map(_entry, entries)),
        SCORES: _scores(inputs.rulebook, scores),
        LOG: written(IN[LOG].known, _log(matches)),
    }


def _with_earlier(law: Rulebook, stage: str) -> set[str]:
    """The stage, those from which it carries figures, and those from which they do."""
    found, open_ = {stage}, [stage]
    while open_:
        earlier = set(carried_into(law, open_.pop())) - found
        found |= earlier
        open_ += sorted(earlier)
    return found


def matches_of(stage: Stage) -> list[Match]:
    """Every match of the stage that was played; a rehearsal stands alone."""
    found = Match.objects.filter(season=stage.season.code, stage=stage.code, rehearsal=False)
    return list(found.filter(state__in=PLAYED).order_by("track", "code"))


def matches_beside(match: Match) -> list[Match]:
    """Those of the same stage and track."""
    stage = seasons.get_stage(seasons.get_season(match.season), match.stage)
    return [one for one in matches_of(stage) if one.track == match.track]


def _entry(one: EntryIn) -> tuple[object, ...]:
    cells = {
        "stage": one.stage,
        "track": one.track,
        "entry": one.id,
        "name": one.name,
        "delegation": one.delegation,
        "kind": one.kind,
        "members": ";".join(one.members),
        "as": one.as_,
        "person": one.person,
    }
    return tuple(cells[column] for column in IN[ENTRIES].known)


def _scores(law: Rulebook, scores: Iterable[ScoreIn]) -> str:
    """A column for each further figure: `exam.seconds`, written with its own decimals."""
    rows = list(scores)
    keys = sorted({f"{one.event}.{key}" for one in rows for key in one.keys})
    return written(
        (*IN[SCORES].known, *keys),
        (
            (
                one.stage,
                one.track,
                one.event,
                one.entry,
                numbers.show(Fraction(one.value, 10**one.decimals)) if one.status == "ok" else "",
                one.status,
                *(_figure(law, one, key) for key in keys),
            )
            for one in rows
        ),
    )


def _figure(law: Rulebook, score: ScoreIn, column: str) -> str:
    event, _, key = column.partition(".")
    if event != score.event or key not in score.keys:
        return ""
    decimals = event_keys(law.events[event])[key].decimals
    return numbers.show(Fraction(score.keys[key], 10**decimals))


def _log(matches: Iterable[Match]) -> Iterable[tuple[object, ...]]:
    for match in matches:
        where = (match.stage, match.track, match.event, match.code)
        for line in Line.objects.filter(match_id=match.pk).order_by("seq"):
            yield (*where, line.seq, line.at, line.kind, line.seat, line.value)
