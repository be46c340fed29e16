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
    who = "teams" if data.of == "team" or data.text("board") == "teams" else "entries"
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
    total = amount(data.text("total"))
    whose = f"the team's {total}" if data.of == "team" else total
    return f"{whose}, {place}{_within(data.number('top'), 'the')}"


def _passed(data: Data) -> str:
    if data.number("passed_count"):
        titles = ", ".join(data.list("titles"))
        return f"; {data.number('passed_count')} above already hold {titles}, so the next follows"
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


def _money(data: Data) -> str:
    return f", {data.text('amount')} yuan" if data.text("amount") else ""


def _note(data: Data) -> str:
    return f" ({data.text('note')})" if data.text("note") else ""


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
    "award_rank": lambda data: _award(data, "team total" if data.of == "team" else "total"),
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
    "advance_inside": lambda data: (
        f"{amount(data.text('total'))}, {_place(data)} in {data.text('group') or 'its group'}"
        f"{_within(data.number('top'), 'the')}"
    ),
    "advance_line": lambda data: (
        f"{amount(data.text('total'))}, at or above the line of {amount(data.text('line'))}"
    ),
    "advance_not_held": lambda _: "this stage is not held; everyone goes on to the next",
    "stage_not_held": lambda data: (
        f"{data.number('count')} entries are not the number for which this stage is held; all go on"
    ),
    "reserve": lambda data: (
        f"rank {data.number('rank')}, {ordinal(data.number('order'))} to move up"
    ),
    "confirmation_taken": lambda data: (
        f"a list of {data.number('count')}, taken as confirmed by {data.text('by')}"
    ),
    "confirm": lambda data: f"a list of {data.number('count')} that {data.text('by')} must confirm",
    "award_line": lambda data: (
        f"{data.text('stage')}: total {amount(data.text('total'))}, at or above "
        f"{amount(data.text('line'))}{_passed(data)}"
    ),
    "award_rest": lambda data: (
        f"{data.text('stage')}: total {amount(data.text('total'))}, {_place(data)}; "
        "none of the awards above"
    ),
    "award_decided": lambda data: f"decided by {data.text('by')}{_note(data)}",
    "award_undecided": lambda data: (
        f"{data.text('title')} is for {data.text('by')} to decide; nothing is given yet"
    ),
    "honour_award": lambda data: f"holds {data.text('title')}{_money(data)}",
    "honour_title": lambda data: (
        f"holds {data.text('title')} for {data.text('period')}{_money(data)}"
    ),
    "honour_rank": lambda data: f"{data.text('stage')}: rank {data.number('rank')}{_money(data)}",
    "honour_drawn": lambda data: f"drawn by lot{_note(data)}",
    "draw_due": lambda data: (
        f"{data.text('title')}: {data.number('count')} qualify for {data.number('places')} places; "
        "a draw is needed"
    ),
    "carry_nought": lambda data: (
        f"{data.text('name')}: no result in {data.text('stage')}, nothing is carried in"
    ),
    "key_unknown": lambda data: f"{data.text('title')} is given for nobody, so it breaks no tie",
    "withdrawn": lambda data: f"{data.text('name')}: withdrawn, not in this stage",
    "slots_unknown": lambda _: "nobody's seat in the team is given, so seats break no tie",
    "roster_over": lambda data: (
        f"{data.text('of')}: {data.number('count')} on the list, at most {data.number('limit')}"
    ),
    "roster_short": lambda data: (
        f"{data.text('of')}: {data.number('count')} on the list, at least {data.number('limit')}"
    ),
    "roster_few": lambda data: (
        f"{data.text('of')}: {data.number('count')} of {data.text('title')}, at least "
        f"{data.number('limit')} are due"
    ),
    "roster_many": lambda data: (
        f"{data.text('of')}: {data.number('count')} of {data.text('title')}, at most "
        f"{data.number('limit')} are allowed"
    ),
    "roster_seat": lambda data: (
        f"{data.text('of')}: {data.number('count')} in the seat {data.text('title')}, not one"
    ),
    "roster_unfit": lambda data: (
        f"{data.text('of')}: {data.text('person')} does not meet what {data.text('title')} asks"
    ),
    "torn_cap": lambda data: (
        f"{data.number('count')} share the ranks {data.number('first')} to {data.number('last')} "
        f"({_total(data)}) and more of one unit than may go on; {HOW[data.text('needs')]} is needed"
    ),
    "resolution_how": lambda data: (
        f"the rules ask for {HOW[data.text('needs')]}; this is {HOW[data.text('how')]}"
    ),
    "advanced_left_out": lambda data: (
        f"{data.number('count')} who advanced are not on this stage's list and take no part "
        f"({data.text('first')} …)"
    ),
    "absent": lambda data: f"{data.text('name')}: absent, not ranked",
    "below_mark": lambda data: (
        f"{data.text('name')}: below {amount(data.text('line'))}, not ranked"
    ),
    "given": lambda _: "given with the results of practice",
    "teams_taken": lambda data: (
        f"nothing says who came as a team; all {data.number('count')} delegations are taken as one"
    ),
    "group_unknown": lambda data: (
        f"{data.number('count')} entries have no {data.text('kind')} and stand in no group"
    ),
    "barred": lambda data: (
        f"{data.text('name')}: kept out by the bar {data.text('title')}; not in this stage"
    ),
    "predicate_unknown": lambda data: (
        f"{data.text('title')}: nothing is given about {data.text('fact')}; it excludes nobody"
    ),
    "over_quota": lambda data: (
        f"{data.text('of')}: {data.number('count')} entries, more than the quota of "
        f"{data.number('limit')}"
    ),
    "under_quota": lambda data: (
        f"{data.text('of')}: {data.number('count')} entries, fewer than the "
        f"{data.number('limit')} that are due"
    ),
    "assumed": lambda data: (
        f"{data.text('question')} Taken as: {data.text('chosen').rstrip('。；.')}"
    ),
}
