"""Lines as people write them: an award (or honour) by its title, ``award:一等奖``."""

from collections.abc import Iterator

from leitai.rulebook.data import award_line, honour_line
from leitai.rulebook.model import Rulebook

_AWARD = award_line("")
_HONOUR = honour_line("")


def line_in(rules: Rulebook, stage: str, track: str, line: str) -> str:
    """Give the engine's name of a line of a stage and track; a name that it knows stays."""
    titled = list(_titled(rules, stage, track))
    if any(line == prefix + name for prefix, name, _ in titled):
        return line
    return next((prefix + name for prefix, name, title in titled if line == prefix + title), line)


def line_out(rules: Rulebook, stage: str, track: str, line: str) -> str:
    """Write a line by its award's title, unless two awards there share it."""
    titled = list(_titled(rules, stage, track))
    for prefix, name, title in titled:
        if line == prefix + name:
            same = [one for one in titled if one[::2] == (prefix, title)]
            return prefix + title if len(same) == 1 else line
    return line


def _titled(rules: Rulebook, stage: str, track: str) -> Iterator[tuple[str, str, str]]:
    """Name the awards and honours of a stage and track: prefix, id, title."""
    awards = [
        (_AWARD, award.id, award.title)
        for award in rules.awards
        if award.stage == stage and (not award.tracks or track in award.tracks)
    ]
    honours = [
        (_HONOUR, one.id, one.title)
        for one in rules.honours
        if one.stage in (stage, None) and (not one.tracks or track in one.tracks)
    ]
    yield from awards + honours
