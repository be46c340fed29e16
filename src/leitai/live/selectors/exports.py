"""Logs and seats as the tables that `leitai rulebook decide` reads, beside the rules themselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
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
from leitai.seasons import selectors as seasons

PLAYED = (MatchState.RUNNING, MatchState.CLOSED)
RULES = "rulebook.yaml"


def tables_of(match: Match) -> dict[str, str]:
    """The tables of the match's stage and track: entries, other events' scores, every log.

    Beside them the stages from which this one carries figures, with their scores.
    """
    season = seasons.get_season(match.season)
    inputs = seasons.decision_inputs(season, match.stage)
    matches = matches_beside(match)
    folded = {one.event for one in matches}
    stages = _with_earlier(inputs.rulebook, match.stage)
    entries = [one for one in inputs.entries if one.stage in stages and one.track == match.track]
    scores = [
        one
        for one in inputs.scores
        if one.stage in stages
        and one.track == match.track
        and (one.stage != match.stage or one.event not in folded)
    ]
    return {
        ENTRIES: _table(IN[ENTRIES].known, map(_entry, entries)),
        SCORES: _scores(inputs.rulebook, scores),
        LOG: _table(IN[LOG].known, _log(matches)),
        RULES: law_of(match).text,
    }


def _with_earlier(law: Rulebook, stage: str) -> set[str]:
    """The stage, those from which it carries figures, and those from which they do."""
    found, open_ = {stage}, [stage]
    while open_:
        earlier = set(carried_into(law, open_.pop())) - found
        found |= earlier
        open_ += sorted(earlier)
    return found


def matches_beside(match: Match) -> list[Match]:
    """Every match of the stage and track that was played; a rehearsal stands alone."""
    found = Match.objects.filter(
        season=match.season, stage=match.stage, track=match.track, rehearsal=False
    )
    return list(found.filter(state__in=PLAYED).order_by("code"))


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
    return _table(
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


def _table(heading: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(heading)
    table.writerows(rows)
    return out.getvalue()
