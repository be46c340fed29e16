"""Names that lead nowhere, and what is never used."""

from collections.abc import Iterable, Iterator
from typing import Final

from leitai.rulebook.chain import TOTAL, fact_key, known_keys, stage_key
from leitai.rulebook.eligibility import tests_of
from leitai.rulebook.inputs import ALL_TRACKS
from leitai.rulebook.lints.lint import Lint
from leitai.rulebook.model import (
    LANGUAGE_VERSION,
    Award,
    Condition,
    Rulebook,
    Stage,
    ValueTest,
)
from leitai.rulebook.order import stage_order
from leitai.rulebook.schema import Path
from leitai.rulebook.source import read_path

_NOWHERE: Final = object()
_TEAM_KEYS: Final = "total, members, sum:KEY, best:KEY, slot:N"
_RESERVED: Final = ("main", "teams", "team")
# Kinds of facts that the platform itself knows of everybody.
PLATFORM_FACTS: Final = ("title", "points", "award", "withdrawn", "delegation", "group", "unit",
                         "slot", "contest")  # fmt: skip


def check_events(lint: Lint) -> None:
    """Every event of a stage exists; first of all, since every key of a ranking rests on it."""
    for name, stage in lint.rules.stages.items():
        for index, event in enumerate(stage.events):
            if event not in lint.rules.events:
                lint.report(("stages", name, "events", index), "no_such_event", name=event)
        for event in stage.team.plus if stage.team else ():
            if event not in lint.rules.events:
                lint.report(("stages", name, "team", "plus", event), "no_such_event", name=event)


def check_names(lint: Lint) -> None:
    """Every other name leads somewhere, and every event and assumption is used."""
    rules = lint.rules
    if rules.rulebook != LANGUAGE_VERSION:
        lint.report(("rulebook",), "version_unknown", version=rules.rulebook)
    for name, stage in rules.stages.items():
        _check_stage_names(lint, name, stage)
        _check_totals(lint, ("stages", name), stage)
        _check_keys(lint, name, stage)
    for name in rules.visibility:
        if name not in rules.stages:
            lint.report(("visibility", name), "visibility_of_nothing", name=name)
    if ALL_TRACKS in rules.tracks and any(
        stage.team is not None and stage.team.tracks == "together"
        for stage in rules.stages.values()
    ):
        lint.report(("tracks", ALL_TRACKS), "track_reserved", name=ALL_TRACKS)
    _check_awards(lint)
    _check_honours(lint)
    _check_used(lint)
    _check_facts_used(lint)
    _check_assumptions(lint)
    lint.unique(("delegations", "also"), [also.unit for also in rules.delegations.also], "unit")


def _check_used(lint: Lint) -> None:
    rules = lint.rules
    used = {event for stage in rules.stages.values() for event in stage.events}
    used |= {event for stage in rules.stages.values() if stage.team for event in stage.team.plus}
    for name in rules.events:
        if name not in used:
            events = [("stages", stage, "events") for stage in rules.stages]
            lint.report(("events", name), "unused_event", reads=events, name=name)
    reached = {rule.to for stage in rules.stages.values() for rule in stage.advance}
    for name in rules.beyond:
        if name in rules.stages:
            lint.report(("beyond", name), "beyond_is_stage", name=name)
        elif name not in reached:
            lint.report(("beyond", name), "unused_beyond", reads=lint.routes, name=name)


def _check_facts_used(lint: Lint) -> None:
    """A declared kind of fact that no rule names is a slip, or a rule that was forgotten."""
    if not lint.rules.facts:
        return
    named = set(_words({key: part for key, part in lint.plain.items() if key != "facts"}))
    for kind in lint.rules.facts:
        if kind not in named and kind not in PLATFORM_FACTS:
            lint.report(("facts", kind), "unused_fact", name=kind)


def _words(plain: object) -> Iterator[str]:
    """Give every name in the text: its keys, its words, and the kinds inside of keys of ranking."""
    if isinstance(plain, dict):
        for key, part in plain.items():
            yield key
            yield from _words(part)
    elif isinstance(plain, list):
        for part in plain:
            yield from _words(part)
    elif isinstance(plain, str):
        yield plain
        yield plain.rpartition(":")[2]


def _check_tracks(lint: Lint, at: Path, tracks: Iterable[str]) -> None:
    for index, track in enumerate(tracks):
        if track not in lint.rules.tracks:
            path = (*at, "tracks", index)
            allowed = ", ".join(lint.rules.tracks)
            lint.report(path, "no_such_track", reads=[("tracks",)], name=track, allowed=allowed)


def _check_stage_names(lint: Lint, name: str, stage: Stage) -> None:
    rules, at = lint.rules, ("stages", name)
    _check_tracks(lint, at, stage.tracks)
    if stage.quota is not None:
        _check_tracks(lint, (*at, "quota"), stage.quota.tracks)
    for index, cap in enumerate(stage.caps):
        _check_tracks(lint, (*at, "caps", index), cap.tracks)
    if stage.window is not None and stage.window not in rules.calendar:
        lint.report((*at, "window"), "no_such_window", name=stage.window)
    lint.unique((*at, "events"), stage.events)
    lint.unique((*at, "bars"), [bar.id for bar in stage.bars], "id")
    for index, bar in enumerate(stage.bars):
        _check_tracks(lint, (*at, "bars", index), bar.tracks)
        for part in ("refuse", "require"):
            _check_condition(lint, (*at, "bars", index, part), getattr(bar, part))
    for index, rule in enumerate(stage.advance):
        path = (*at, "advance", index)
        _check_tracks(lint, path, rule.tracks)
        for place, cap in enumerate(rule.cap):
            _check_tracks(lint, (*path, "cap", place), cap.tracks)
        _check_condition(lint, (*path, "where"), rule.where)
        _check_board(lint, path, stage, rule.board, rule.per)
        if rule.to not in rules.stages and rule.to not in rules.beyond:
            lint.report((*path, "to"), "no_such_stage", name=rule.to)
    for board in stage.boards:
        _check_condition(lint, (*at, "boards", board, "where"), stage.boards[board].where)
        groups = {rule.per for rule in stage.advance} | {award.per for award in rules.awards}
        if board in _RESERVED or board in groups:
            lint.report((*at, "boards", board), "board_reserved", name=board)


def _check_board(
    lint: Lint, at: Path, stage: Stage, board: str | None, per: str | None = None
) -> None:
    rule = stage.boards.get(board or "")
    if board is not None and per is not None and (rule is None or rule.per != per):
        lint.report((*at, "per"), "board_has_no_per", name=board, per=per)
    if board is not None and board not in stage.boards and board != "main":
        allowed = ", ".join(["main", *stage.boards])
        lint.report((*at, "board"), "no_such_board", name=board, allowed=allowed)


def _check_condition(lint: Lint, at: Path, condition: Condition | None) -> None:
    """Where the kinds of facts are declared, a test asks for one of them and its words."""
    facts = lint.rules.facts
    for test in tests_of(condition) if condition and facts else ():
        kind = facts.get(test.kind)
        if kind is None:
            if test.kind not in PLATFORM_FACTS:
                allowed = ", ".join([*facts, *PLATFORM_FACTS])
                lint.report(at, "no_such_fact", reads=[("facts",)], name=test.kind, allowed=allowed)
        elif kind.values and isinstance(test, ValueTest):
            for word in test.in_ or ():
                if word not in kind.values:
                    allowed = ", ".join(kind.values)
                    lint.report(at, "no_such_value", name=word, kind=kind.title, allowed=allowed)


def _check_totals(lint: Lint, at: Path, stage: Stage) -> None:
    for index, event in enumerate(stage.total.sum if stage.total else ()):
        _in_stage(lint, (*at, "total", "sum", index), at, stage, event)
    for event in stage.total.weights if stage.total else ():
        _in_stage(lint, (*at, "total", "weights", event), at, stage, event)
    lint.unique((*at, "total", "sum"), stage.total.sum if stage.total else ())
    for name, figure in stage.figures.items():
        path = (*at, "figures", name)
        if name in stage.events or name == TOTAL:
            lint.report(path, "figure_taken", name=name)
        for index, event in enumerate(figure.sum):
            _in_stage(lint, (*path, "sum", index), at, stage, event)
        for event in figure.weights:
            _in_stage(lint, (*path, "weights", event), at, stage, event)
        if not figure.sum and not figure.weights:
            lint.report(path, "figure_empty", name=name)
    for index, carry in enumerate(stage.total.carry if stage.total else ()):
        path = (*at, "total", "carry", index)
        earlier = lint.rules.stages.get(carry.from_)
        if earlier is None or earlier is stage:
            lint.report((*path, "from"), "no_such_stage", name=carry.from_)
        elif carry.of not in known_keys(lint.rules, earlier):
            allowed = ", ".join(known_keys(lint.rules, earlier))
            lint.report((*path, "of"), "no_such_key", name=carry.of, allowed=allowed)
        elif _comes_later(lint.rules, stage, carry.from_):
            lint.report((*path, "from"), "stage_not_before", name=carry.from_)


def _comes_later(rules: Rulebook, stage: Stage, name: str) -> bool:
    """Whether a stage is decided after the one that reads of it: then it would read nothing.

    Only who advances where says what comes first; stages on a cycle are told of elsewhere.
    """
    order = stage_order(rules.stages)
    own = next(one for one, held in rules.stages.items() if held is stage)
    return own in order and name in order and order.index(name) > order.index(own)


def _in_stage(lint: Lint, path: Path, at: Path, stage: Stage, event: str) -> None:
    name = event.partition(".")[0]
    known = event in stage.events or (event != name and event in known_keys(lint.rules, stage))
    if not known:
        lint.report(path, "event_not_in_stage", reads=[(*at, "events")], name=event)


def _check_keys(lint: Lint, name: str, stage: Stage) -> None:
    at = ("stages", name)
    if stage.ranking is not None:
        for part in ("keys", "at_lines"):
            keys = getattr(stage.ranking, part)
            _check_chain(lint, (*at, "ranking", part), at, stage, keys)
    for board, rule in stage.boards.items():
        _check_chain(lint, (*at, "boards", board, "keys"), at, stage, rule.keys)
    for index, mark in enumerate(stage.qualify):
        where: Path = (*at, "qualify", index, "of")
        _check_chain(lint, where, at, stage, (mark.of,), listed=False)
    if stage.team is not None:
        for part in ("keys", "at_lines"):
            lint.unique((*at, "team", part), getattr(stage.team, part))
            for index, key in enumerate(getattr(stage.team, part)):
                if not _is_team_key(stage, key):
                    path = (*at, "team", part, index)
                    lint.report(path, "no_such_key", name=key, allowed=_TEAM_KEYS)


def _check_chain(
    lint: Lint, path: Path, at: Path, stage: Stage, keys: Iterable[str], *, listed: bool = True
) -> None:
    for index, key in enumerate(keys):
        if not _is_key(lint.rules, stage, key):
            lint.report(
                (*path, index) if listed else path,
                "no_such_key",
                reads=[(*at, "events"), ("events",)],
                name=key,
                allowed=", ".join(known_keys(lint.rules, stage)),
            )
        elif late := _late(lint.rules, stage, key):
            lint.report((*path, index) if listed else path, "stage_not_before", name=late)
    if listed:
        lint.unique(path, keys)


def _is_key(rules: Rulebook, stage: Stage, key: str) -> bool:
    if fact := fact_key(key):
        return bool(fact[0])
    if earlier := stage_key(key):
        other = rules.stages.get(earlier[0])
        return other is not None and other is not stage and _is_key(rules, other, earlier[1])
    return key in known_keys(rules, stage)


def _late(rules: Rulebook, stage: Stage, key: str) -> str:
    """The first stage that a key reads of before that stage is decided, else nothing."""
    while earlier := stage_key(key):
        name, key = earlier
        if _comes_later(rules, stage, name):
            return name
        stage = rules.stages[name]
    return ""


def _is_team_key(stage: Stage, key: str) -> bool:
    if stage.team is None or key in ("total", "members") or key in stage.team.plus:
        return True
    how, _, of = key.partition(":")
    if how == "slot":
        return of.isdigit()
    ranked = (*stage.ranking.keys, *stage.ranking.at_lines) if stage.ranking else ("total",)
    return how in ("sum", "best") and of in ranked


def _check_awards(lint: Lint) -> None:
    rules = lint.rules
    ids = [award.id for award in rules.awards]
    lint.unique(("awards",), ids, "id")
    for index, award in enumerate(rules.awards):
        if award.rest is False:  # the key alone would make it an award for nobody
            lint.report(("awards", index, "rest"), "not_among", value="false", allowed="true")
        if award.stage not in rules.stages:
            lint.report(("awards", index, "stage"), "no_such_stage", name=award.stage)
        stage = rules.stages.get(award.stage)
        _check_tracks(lint, ("awards", index), award.tracks)
        _check_condition(lint, ("awards", index, "where"), award.where)
        if stage is not None:
            _check_board(lint, ("awards", index), stage, award.board, award.per)
        for at, other in enumerate(award.unless):
            path = ("awards", index, "unless", at)
            if other not in ids:
                lint.report(path, "no_such_award", name=other)
            elif award.id in _waits_for(rules.awards, other):
                lint.report(path, "unless_cycle", name=other)
            elif rules.award(other).to != award.to:
                lint.report(path, "unless_kind", name=other)


def _check_honours(lint: Lint) -> None:
    rules = lint.rules
    lint.unique(("honours",), [one.id for one in rules.honours], "id")
    awards = [award.id for award in rules.awards]
    for index, honour in enumerate(rules.honours):
        at = ("honours", index)
        _check_tracks(lint, at, honour.tracks)
        _check_condition(lint, (*at, "where"), honour.where)
        for place, name in enumerate(honour.awards or ()):
            if name not in awards:
                lint.report((*at, "awards", place), "no_such_award", name=name)
        if honour.ranks is not None and honour.stage is None:
            lint.report(at, "honour_needs_stage")
        if honour.stage is not None and honour.stage not in rules.stages:
            lint.report((*at, "stage"), "no_such_stage", name=honour.stage)


def _waits_for(awards: tuple[Award, ...], award_id: str) -> set[str]:
    """Give the award and all on which it depends."""
    unless = {award.id: award.unless for award in awards}
    seen: set[str] = set()
    todo = [award_id]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += unless.get(name, ())
    return seen


def _check_assumptions(lint: Lint) -> None:
    known = lint.rules.assumptions
    used: set[object] = set()
    for path, name in _assumptions_in(lint.plain, ()):
        used.add(name)
        if name not in known:
            lint.report(path, "no_such_assumption", name=name)
    for name, assumption in known.items():
        at = ("assumptions", name)
        if name not in used and not assumption.concerns:
            lint.report(at, "unused_assumption", name=name)
        for index, concern in enumerate(assumption.concerns):
            if not _leads_somewhere(lint.plain, read_path(concern)):
                lint.report((*at, "concerns", index), "no_such_path", name=concern)


def _assumptions_in(plain: object, path: Path) -> Iterator[tuple[Path, object]]:
    """Find every ``assumption:`` of the text, wherever the language has one."""
    items: Iterable[tuple[str | int, object]] = ()
    if isinstance(plain, dict):
        items = plain.items()
    elif isinstance(plain, list):
        items = enumerate(plain)
    for key, value in items:
        if key == "assumption":
            yield (*path, key), value
        else:
            yield from _assumptions_in(value, (*path, key))


def _leads_somewhere(plain: object, path: Path) -> bool:
    for part in path:
        if isinstance(plain, dict):
            plain = plain.get(part, _NOWHERE)
        elif isinstance(plain, list) and isinstance(part, int) and part < len(plain):
            plain = plain[part]
        else:
            return False
    return bool(path) and plain is not _NOWHERE
