"""The tables of a result, ready to be shown: rank, who, total, the gap to the one above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext

from leitai.results.evidence import law_of
from leitai.results.models import Award, StageResult, Standing, TeamStanding
from leitai.results.wording import place_title, text_of
from leitai.rulebook import numbers
from leitai.rulebook.data import MAIN, TEAMS
from leitai.rulebook.model import Rulebook
from leitai.seasons.enums import EntryAs

PAGE = 100


@dataclass(frozen=True, slots=True)
class Mark:
    """What came of a place: a shape of the design's language, and its word."""

    shape: str
    word: str


@dataclass(frozen=True, slots=True)
class Spread:
    """A team's counted scores, lowest, mean and highest, on the whole table's scale."""

    low: Fraction
    mean: Fraction
    high: Fraction
    floor: Fraction
    ceiling: Fraction
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `key` is an entry's code or a delegation's; `above` is the key of the row before.

    `gap` is the difference to the row above as text, empty in the first row, and `same` says that
    there is none. `cut` is the label of a line drawn above this row.
    """

    rank: int
    key: str
    name: str
    total: str
    above: str
    gap: str
    same: bool
    marks: tuple[Mark, ...]
    delegation: str = ""
    delegation_code: str = ""
    guest: bool = False
    spread: Spread | None = None
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A board. `heading` says what the totals are; `page` is there when the board is long."""

    board: str
    track: str
    heading: str
    lines: tuple[Line, ...]
    scale: str = ""
    page: Page[Standing] | None = None


def team_table(result: StageResult, rulebook: Rulebook, track: str) -> Table:
    """The delegations as teams, best first; empty where the stage ranks none."""
    rows = list(result.teams.filter(track=track).select_related("delegation__unit"))
    team = rulebook.stages[result.stage.code].team
    if team is None or not rows:
        return Table(TEAMS, track, "", ())
    spreads = _spreads(result, rows, decimals_of(rulebook, result.stage.code))
    titles = _team_titles(result)
    places = decimals_of(rulebook, result.stage.code)
    lines: list[Line] = []
    for row, before in zip(rows, [None, *rows], strict=False):
        total = Fraction(row.total)
        lines.append(
            Line(
                rank=row.rank,
                key=row.delegation.unit.code,
                name=row.delegation.name,
                guest=row.delegation.guest,
                total=numbers.show(total, places),
                above=before.delegation.unit.code if before else "",
                gap=_gap(total, before, places),
                same=before is not None and Fraction(before.total) == total,
                marks=_team_marks(row, titles, advances=_advances_teams(rulebook, result)),
                spread=spreads.get(row.pk),
                cut=_team_cut(rulebook, result, row, before, rows),
            )
        )
    heading = gettext("前%(top)s名得分之和") % {"top": team.top}
    scale = next((f"{s.floor}—{s.ceiling}" for s in spreads.values()), "")
    return Table(TEAMS, track, heading, tuple(lines), scale=scale)


def person_table(
    result: StageResult, rulebook: Rulebook, track: str, *, board: str = MAIN, page: int = 1
) -> Table:
    """A page of a board of persons; one query more than rows so that its first gap is known."""
    standings = (
        result.standings.filter(track=track, board=board)
        .select_related("entry__person", "entry__delegation__unit")
        .order_by("position")
    )
    shown = Paginator(standings, PAGE).get_page(page)
    rows = list(standings[max(shown.start_index() - 2, 0) : shown.end_index()])
    before: list[Standing | None] = [None, *rows]
    if shown.number > 1:
        before, rows = list(rows), rows[1:]
    marks = person_marks(result, [row.entry.code for row in rows])
    places = decimals_of(rulebook, result.stage.code)
    cut = _person_cut(rulebook, result.stage.code) if board == MAIN else None
    rest = _rest(result, rulebook)
    lines = (
        _person_line(row, above, places, marks[row.entry.code] or rest, cut)
        for row, above in zip(rows, before, strict=False)
    )
    return Table(board, track, gettext("总分"), tuple(lines), page=shown)


def person_marks(result: StageResult, codes: Sequence[str]) -> dict[str, tuple[Mark, ...]]:
    """What came of these entries: how they go on, and which awards they hold."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    ways = {
        "team": gettext("随队晋级"),
        "individual": gettext("个人晋级"),
        "recommended": gettext("推荐"),
    }
    for code, kind in result.advancements.filter(entry__code__in=codes).values_list(
        "entry__code", "as_kind"
    ):
        marks[code].append(Mark("ok", ways[kind]))
    for code, title in result.awards.filter(entry__code__in=codes).values_list(
        "entry__code", "title"
    ):
        marks[code].append(Mark("ok", title))
    return defaultdict(tuple, {code: tuple(found) for code, found in marks.items()})


def decimals_of(rulebook: Rulebook, stage: str) -> int:
    """How many places the totals of a stage are shown with: as many as its events have."""
    total = rulebook.stages[stage].total
    return max((rulebook.events[name].decimals for name in total.sum), default=0) if total else 0


def tracks_of(result: StageResult, rulebook: Rulebook) -> tuple[str, ...]:
    """The tracks that have a ranking here, in the rulebook's order."""
    mains = result.standings.filter(board=MAIN).order_by("track")
    found = set(mains.values_list("track", flat=True).distinct())
    return tuple(track for track in rulebook.tracks if track in found)


def _gap(total: Fraction, before: TeamStanding | Standing | None, places: int) -> str:
    if before is None:
        return ""
    return "−" + numbers.show(Fraction(before.total) - total, places)


def _person_line(
    row: Standing,
    above: Standing | None,
    places: int,
    marks: tuple[Mark, ...],
    cut: tuple[int, str] | None,
) -> Line:
    total = Fraction(row.total)
    crossed = cut is not None and above is not None and above.rank <= cut[0] < row.rank
    return Line(
        rank=row.rank,
        key=row.entry.code,
        name=row.entry.name,
        delegation=row.entry.delegation.name,
        delegation_code=row.entry.delegation.unit.code,
        guest=row.entry.delegation.guest,
        total=numbers.show(total, places),
        above=above.entry.code if above else "",
        gap=_gap(total, above, places),
        same=above is not None and Fraction(above.total) == total,
        marks=marks,
        cut=cut[1] if cut and crossed else "",
    )


def _person_cut(rulebook: Rulebook, stage: str) -> tuple[int, str] | None:
    """The last rank above the line that divides a board of all, and the line's label."""
    for rule in rulebook.stages[stage].advance:
        if rule.top:
            return rule.top, gettext("晋级线：个人前%(top)s名") % {"top": rule.top}
    for award in rulebook.awards:
        if award.stage == stage and award.to == "person" and not award.per:
            last = award.ranks[1] if award.ranks else award.top or 0
            return last, gettext("%(title)s：前%(top)s名") % {"title": award.title, "top": last}
    return None


def _rest(result: StageResult, rulebook: Rulebook) -> tuple[Mark, ...]:
    """What stands behind those of whom nothing came, or nothing yet."""
    if not rulebook.stages[result.stage.code].advance:
        return ()
    return (_waiting(result) or Mark("todo", gettext("未晋级")),)


def _waiting(result: StageResult) -> Mark | None:
    """While a tie is open, who is not in may still come in."""
    return Mark("half", gettext("待定")) if result.blocked else None


def _advances_teams(rulebook: Rulebook, result: StageResult) -> bool:
    return any(rule.teams for rule in rulebook.stages[result.stage.code].advance)


def _team_titles(result: StageResult) -> dict[int, str]:
    awards = result.awards.filter(entry=None).values_list("delegation_id", "title")
    return dict(awards)


def _team_marks(row: TeamStanding, titles: dict[int, str], *, advances: bool) -> tuple[Mark, ...]:
    waiting = _waiting(row.result)
    if not advances:
        title = titles.get(row.delegation_id)
        return (Mark("ok", title) if title else waiting or Mark("none", gettext("未获奖")),)
    if row.advanced:
        return (Mark("ok", gettext("晋级")),)
    if row.delegation.guest:
        return (Mark("none", gettext("不占晋级名额")),)
    return (waiting or Mark("todo", gettext("未晋级")),)


def _team_cut(
    rulebook: Rulebook,
    result: StageResult,
    row: TeamStanding,
    before: TeamStanding | None,
    rows: Iterable[TeamStanding],
) -> str:
    """The label above the first row below everyone who advances."""
    if before is None or row.advanced or not before.advanced:
        return ""
    if any(later.advanced and later.position > row.position for later in rows):
        return ""
    count = next((r.teams for r in rulebook.stages[result.stage.code].advance if r.teams), None)
    return gettext("晋级线：前%(count)s支代表队") % {"count": count} if count else ""


def _spreads(result: StageResult, rows: Sequence[TeamStanding], places: int) -> dict[int, Spread]:
    """The strip of each team; the scale runs from the whole number below to the one above."""
    totals = dict(result.standings.filter(board=MAIN).values_list("entry__code", "total"))
    counted = {row.pk: [Fraction(totals[code]) for code in row.counted] for row in rows}
    every = [total for scores in counted.values() for total in scores]
    if not every:
        return {}
    floor, ceiling = Fraction(min(every) // 1), Fraction(-(-max(every) // 1))
    spreads = {}
    for row in rows:
        scores = counted[row.pk]
        if scores:
            low, mean, high = min(scores), Fraction(row.total) / len(scores), max(scores)
            words = gettext("最低%(low)s，平均%(mean)s，最高%(high)s") % {
                "low": numbers.show(low, places),
                "mean": _rounded(mean, places),
                "high": numbers.show(high, places),
            }
            spreads[row.pk] = Spread(low, mean, high, floor, ceiling, words)
    return spreads


def _rounded(value: Fraction, places: int) -> str:
    """For reading only: nearest, halves up, so that a mean does not show as p/q."""
    scale = 10**places
    return numbers.show(Fraction((2 * value * scale + 1) // 2, scale), places)


@dataclass(frozen=True, slots=True)
class AdvancementGroup:
    """Who goes on by one rule: a delegation's team, or (no delegation) individuals."""

    title: str
    people: tuple[tuple[str, str, str], ...]  # name, delegation, reason


@dataclass(frozen=True, slots=True)
class AwardGroup:
    title: str
    holders: tuple[tuple[str, str, str], ...]  # holder, delegation ("" for a team), reason


def advancement_groups(result: StageResult) -> list[AdvancementGroup]:
    """Teams in the order of the teams' ranks, then individuals, each with the reason."""
    ranks, tracks = (
        dict(result.teams.values_list("delegation_id", "position")),
        law_of(result).tracks,
    )
    rows = list(
        result.advancements.select_related("entry__person", "entry__delegation").order_by("pk")
    )
    teams: defaultdict[tuple[int, str], list[tuple[str, str, str]]] = defaultdict(list)
    individuals: list[tuple[str, str, str]] = []
    recommended: list[tuple[str, str, str]] = []
    for row in rows:
        entry = row.entry
        kind = tracks[entry.track].kind
        person = (entry.name, entry.delegation.name, text_of(row.reason, of=kind))
        if row.as_kind == EntryAs.TEAM:
            teams[ranks.get(entry.delegation_id, 0), entry.delegation.name].append(person)
        elif row.as_kind == "recommended":
            recommended.append(person)
        else:
            individuals.append(person)
    groups = [AdvancementGroup(name, tuple(people)) for (_, name), people in sorted(teams.items())]
    if individuals:
        groups.append(AdvancementGroup(gettext("个人晋级"), tuple(individuals)))
    if recommended:
        groups.append(AdvancementGroup(gettext("推荐"), tuple(recommended)))
    return groups


def award_groups(result: StageResult) -> list[AwardGroup]:
    """Awards in the rulebook's order, each with its holders."""
    groups: dict[str, tuple[str, list[tuple[str, str, str]]]] = {}
    tracks = law_of(result).tracks
    rows = result.awards.select_related("entry__person", "delegation").order_by("position")
    for row in sorted(rows, key=_award_order):
        _, holders = groups.setdefault(row.award, (row.title, []))
        reason = text_of(row.reason, of=tracks[row.entry.track].kind if row.entry else "team")
        holders.append(
            (row.entry.name, row.delegation.name, reason)
            if row.entry
            else (row.delegation.name, "", reason)
        )
    return [AwardGroup(title, tuple(holders)) for title, holders in groups.values()]


def _award_order(row: Award) -> tuple[str, int, int]:
    """As the engine gave them; awards inside delegations in the order of the delegations."""
    inside = "/team:" in row.basis
    return ("", row.delegation.position if inside else 0, row.position)


def advancing_counts(result: StageResult, rulebook: Rulebook) -> tuple[tuple[str, int], ...]:
    """How many go on to which stage: what a confirmation will do."""
    counts = result.advancements.order_by("to_stage").values_list("to_stage").annotate(Count("pk"))
    return tuple((place_title(rulebook, to_stage), count) for to_stage, count in counts)
