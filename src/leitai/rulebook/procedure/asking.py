"""When is it due? A rule of the rulebook by its path, from an instant on."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from leitai.kernel.errors import DomainError
from leitai.rulebook.model import (
    Appeal,
    Draw,
    Form,
    Level,
    Publicity,
    Rulebook,
    Stage,
    Term,
    Window,
)
from leitai.rulebook.procedure import wording
from leitai.rulebook.procedure.deadlines import Reckoned, reckon
from leitai.rulebook.procedure.windows import closing
from leitai.rulebook.source import read_path

_LONGEST: Final = 200
_MOST_LISTED: Final = 12


@dataclass(frozen=True, slots=True)
class When:
    """A deadline, the sentence that says how it came about, and what may make it uncertain."""

    instant: datetime
    words: str
    caveats: tuple[str, ...] = ()


def when(rules: Rulebook, path: str, start: datetime, lang: str = "zh") -> When:
    """Give the deadline of the rule at ``path`` from ``start`` on, in the zone of ``start``.

    ``path`` is a place of the rulebook (``publicity.selection``, ``appeals.result.answer``) or a
    name of the calendar. Raises DomainError: ``no_such_rule``, ``rule_has_no_term``,
    ``term_not_fixed`` (the notice sets none), ``window_not_fixed``, ``deadline_too_far``.
    """
    language = "en" if lang.partition("-")[0] == "en" else "zh"
    return _of(rules, _find(rules, path), path, start, language)


def _find(rules: Rulebook, path: str) -> Any:
    if path in rules.calendar:
        return rules.calendar[path]
    if len(path) > _LONGEST:
        raise DomainError("no_such_rule", path=f"{path[:_LONGEST]}…")
    found: Any = rules
    for part in read_path(path):
        found = _step(found, part)
        if found is None:
            raise DomainError("no_such_rule", path=path)
    if found is rules:
        raise DomainError("no_such_rule", path=path)
    return found


def _step(found: Any, part: str | int) -> Any:
    if isinstance(found, Mapping):
        return found.get(part)
    if isinstance(found, tuple):
        return found[part] if isinstance(part, int) and part < len(found) else None
    if not dataclasses.is_dataclass(found) or isinstance(part, int):
        return None
    names = {field.name.rstrip("_"): field.name for field in dataclasses.fields(found)}
    return getattr(found, names[part]) if part in names else None


def _of(rules: Rulebook, rule: Any, path: str, start: datetime, lang: str) -> When:
    if isinstance(rule, Term):
        return _term(rules, rule, start, lang)
    if isinstance(rule, Window):
        return _window(rule, start, lang)
    if isinstance(rule, Appeal) and rule.at_once:
        words = "须当场提出。" if lang == "zh" else "It must be raised on the spot."
        return When(start, words)
    if isinstance(rule, Publicity | Level | Appeal | Form) and rule.term is not None:
        return _term(rules, rule.term, start, lang)
    if isinstance(rule, Appeal) and (shown := rules.publicity.get(rule.during or "")):
        return _of(rules, shown, path, start, lang)
    if isinstance(rule, Form | Stage | Draw) and (dates := rules.calendar.get(rule.window or "")):
        return _window(dates, start, lang)
    if isinstance(rule, Publicity | Level | Appeal | Form | Stage | Draw):
        raise DomainError("term_not_fixed", path=path)
    raise DomainError("rule_has_no_term", path=path)


def _window(window: Window, start: datetime, lang: str) -> When:
    instant = closing(window, start.tzinfo)
    end = wording.show_end(instant, lang)
    if lang == "en":
        return When(instant, f"“{window.title}” ends on {end}; the notice says “{window.words}”.")
    return When(instant, f"“{window.title}”至{end}截止，原文为“{window.words}”。")


def _term(rules: Rulebook, term: Term, start: datetime, lang: str) -> When:
    found = reckon(term, start, rules.holidays)
    by_clock = term.unit in ("minutes", "hours")
    told = start if by_clock else start.replace(second=0, microsecond=0)  # days need no seconds
    begin, end = wording.show_start(told, lang), wording.show_end(found.instant, lang)
    length = wording.show_length(term, lang)
    first = "" if by_clock else _first_day(term, lang)
    if lang == "en":
        words = f"{length} from {begin}{first}: until {end}."
    else:
        words = f"自{begin}起{length}{first}，至{end}止。"
    return When(found.instant, words + _skipped(found, lang), _caveats(found, lang))


def _first_day(term: Term, lang: str) -> str:
    if term.first_day == "counts":
        return "（当日计入）" if lang == "zh" else ", that day included"
    return "（当日不计）" if lang == "zh" else ", that day not included"


def _skipped(found: Reckoned, lang: str) -> str:
    if not found.skipped:
        return ""
    days = _listed(found.skipped, lang)
    if found.rolled_from:
        last = wording.show_day(found.rolled_from, lang)
        if lang == "en":
            return f" The last day, {last}, is a day off and gives way to the next working day."
        return f"末日{last}为休息日，顺延至下一个工作日。"
    return f"其间休息日不计：{days}。" if lang == "zh" else f" Days off in between: {days}."


def _listed(days: tuple[date, ...], lang: str) -> str:
    shown = [wording.show_day(day, lang) for day in days[:_MOST_LISTED]]
    more = len(days) - len(shown)
    if lang == "en":
        return ", ".join(shown) + (f" and {more} more" if more else "")
    return "、".join(shown) + (f"等{len(days)}天" if more else "")


def _caveats(found: Reckoned, lang: str) -> tuple[str, ...]:
    return tuple(
        f"{year}年的节假日安排未列入规则，暂按星期六、星期日休息计算；节假日调休的，以公布的安排为准。"
        if lang == "zh"
        else f"The holidays of {year} are not in the rules: for now only Saturdays and Sundays"
        " are taken as days off; the arrangement that is published holds."
        for year in found.unknown_years
    )
