"""The sentences of reasons in English. Titles come from the rulebook and stay as they are."""

from collections.abc import Callable, Mapping
from typing import Final

from leitai.rulebook.reasons_zh import Data

HOW: Final = {
    "draw": "a draw",
    "vote": "a vote",
    "playoff": "a playoff",
    "jury": "the jury",
    "confirmation": "the committee's confirmation",
}
_UNITS: Final = {"": " points", "分": " points", "秒": " s"}


def amount(value: str, unit: str = "") -> str:
    """Write a figure with its unit."""
    if value == "1" and _UNITS.get(unit) == " points":
        return "1 point"
    return value + _UNITS.get(unit, f" {unit}")


def ordinal(number: int) -> str:
    """Write 1 as ``1st``."""
    last = number % 100
    ending = "th" if 11 <= last <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _total(data: Data) -> str:
    return f"totals equal at {amount(data.text('total'))}"


def _members(data: Data) -> str:
    count = data.number("count")
    return f"{count} member{'' if count == 1 else 's'} with a result"


def _within(first: int, whose: str) -> str:
    return f", within {whose} first {first}" if first > 1 else ""


def _key(data: Data, side: str) -> str:
    same = [title or "total" for title in data.list("same")]
    also = f", and equal in {', '.join(same)}" if same else ""
    more = (side == "above") == (data.text("better") == "higher")
    mine = amount(data.text("mine"), data.text("unit"))
    other = amount(data.text("other"), data.text("unit"))
    verb = "higher than" if more else "lower than"
    return f"{_total(data)}{also}; {data.text('title') or 'total'}: {mine}, {verb} {other}"


def _member(data: Data, side: str) -> str:
    begin = f"{_total(data)}; counted members compared from the best down: "
    nth = ordinal(data.number("nth"))
    mine, other = data.text("mine"), data.text("other")
    if not other:
        return f"{begin}the {nth} has {amount(mine)}; the other team has no {nth}"
    if not mine:
        return f"{begin}this team has no {nth}; the other team's has {amount(other)}"
    verb = "higher than" if side == "above" else "lower than"
    return f"{begin}the {nth} has {amount(mine)}, {verb} {amount(other)}"


def _resolved(data: Data) -> str:
    note = f" ({data.text('note')})" if data.text("note") else ""
    place = f"{ordinal(data.number('position'))} of {data.number('count')}"
    return f"{_total(data)}, and equal in every key; {place} by {HOW[data.text('how')]}{note}"


def _torn(data: Data) -> str:
    who = "teams" if data.text("board") == "teams" else "entries"
    return (
        f"{data.number('count')} {who} share the ranks {data.number('first')} to "
        f"{data.number('last')} ({_total(data)}) and the line after place "
        f"{data.number('border')} falls among them; {HOW[data.text('needs')]} is needed"
    )


def _place(data: Data, prefix: str = "", among: str = "") -> str:
    rank, place = data.number(f"{prefix}rank"), data.number(f"{prefix}place")
    own = f"{ordinal(rank)}{among}"
    return own if place in (0, rank) else f"{own} ({ordinal(place)} of those who can take a place)"


def _advance_team(data: Data) -> str:
    mine = amount(data.text("total"))
    verb = "ranks" if mine == "1 point" else "rank"
    return (
        f"the team's total of {amount(data.text('team_total'))} ranks {_place(data, 'team_')}"
        f"{_within(data.number('teams'), 'the')}; {mine} {verb} "
        f"{ordinal(data.number('rank'))} inside the team{_within(data.number('members'), 'its')}"
    )


def _advance_top(data: Data) -> str:
    place = _place(data, among=" overall")
    return f"{amount(data.text('total'))}, {place}{_within(data.number('top'), 'the')}"


def _passed(data: Data) -> str:
    if not data.list("passed"):
        return ""
    ranks = ", ".join(ordinal(int(rank)) for rank in data.list("passed"))
    return f"; the {ranks} already holds {', '.join(data.list('titles'))}, so the next follows"


def _award(data: Data, whose: str) -> str:
    first, last = data.number("first"), data.number("last")
    ranks = f"rank {first}" if first == last else f"ranks {first} to {last}"
    begin = f"{data.text('stage')}: {whose} {amount(data.text('total'))}, {_place(data)}"
    return f"{begin}; given to {ranks}{_passed(data)}"


def _award_inside(data: Data) -> str:
    total = amount(data.text("total"))
    begin = f"{data.text('stage')}: {total}, {ordinal(data.number('rank'))} inside the team"
    last = data.number("last")
    best = "best" if last == 1 else f"first {last}"
    return f"{begin}; given to the {best} of each team{_passed(data)}"


SENTENCES: Final[Mapping[str, Callable[[Data], str]]] = {
    "key_above": lambda data: _key(data, "above"),
    "key_below": lambda data: _key(data, "below"),
    "member_above": lambda data: _member(data, "above"),
    "member_below": lambda data: _member(data, "below"),
    "resolved": _resolved,
    "torn": _torn,
    "advance_all": lambda _: "selected; everyone goes on to the next stage",
    "advance_team": _advance_team,
    "advance_top": _advance_top,
    "award_rank": lambda data: _award(data, "total"),
    "award_team": lambda data: _award(data, "team total"),
    "award_inside": _award_inside,
    "award_waits": lambda data: f"{data.text('title')} waits for {data.text('other')}",
    "award_vacant": lambda data: (
        f"{data.text('title')}: {data.number('given')} of {data.number('places')} places given, "
        "the rest stay vacant"
    ),
    "void": lambda data: f"{data.text('name')}: result void, not ranked",
    "not_advanced": lambda data: (
        f"{data.text('name')}: in this stage, but no advancement rule admits them"
    ),
    "stage_waits": lambda data: f"{data.text('stage')}: who advances into it is still open",
    "team_short": lambda data: (
        f"{_members(data)}, fewer than {data.number('top')}: the results there are were added up"
    ),
    "team_excluded": lambda data: (
        f"{_members(data)}, fewer than {data.number('top')}: not ranked as a team"
    ),
    "resolution_unused": lambda data: (
        f"the result of {HOW[data.text('how')]} for {data.text('line')} matches no present tie "
        "and was not used"
    ),
}
