"""What the sentences of a rulebook are made of: a clause, a section, and words in two languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from leitai.kernel import canonical
from leitai.rulebook import numbers
from leitai.rulebook.model import Rulebook
from leitai.rulebook.procedure.wording import show_day


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule in words.

    ``source`` is the notice's own sentence (several ones in lines of their own), ``assumption`` the
    id of an open question that it answers, ``others`` those of further ones, ``path`` where it
    stands in the rulebook (``stages.final.team``).
    """

    text: str
    source: str = ""
    assumption: str = ""
    path: str = ""
    others: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """Name every open question that the clause answers."""
        return tuple(dict.fromkeys(name for name in (self.assumption, *self.others) if name))


@dataclass(frozen=True, slots=True)
class Section:
    """Clauses under a heading."""

    title: str
    clauses: tuple[Clause, ...]


def clause(text: str, path: str, *rules: object) -> Clause:
    """Make a clause of what these parts of the rulebook say: their sources and questions go along.

    A part may be missing (None).
    """
    sources = _said(getattr(rule, "source", "") for rule in rules)
    asked = _said(getattr(rule, "assumption", "") for rule in rules)
    return Clause(text, "\n".join(sources), asked[0] if asked else "", path, tuple(asked[1:]))


def _said(texts: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


class Words:
    """A rulebook and the language in which somebody reads it."""

    def __init__(self, rules: Rulebook, lang: str = "zh") -> None:
        self.rules = rules
        self.lang: Final = "en" if lang.partition("-")[0] == "en" else "zh"

    def t(self, zh: str, en: str) -> str:
        """Choose between the two texts of one sentence."""
        return en if self.lang == "en" else zh

    def listed(self, items: Iterable[str]) -> str:
        """Write a list: «甲、乙、丙», «a, b, c»."""
        return self.t("、", ", ").join(items)

    def clauses(self, parts: Iterable[str]) -> str:
        """Join half sentences into one, leaving out the empty ones, without its full stop."""
        return self.t("，", ", ").join(part for part in parts if part)

    def groups(self, parts: Iterable[str]) -> str:
        """Join statements that could stand alone, leaving out the empty ones."""
        return self.t("；", "; ").join(part for part in parts if part)

    def headed(self, title: str, text: str) -> str:
        """Put a title before a text: «演讲内容：40分»; the title alone where there is no text."""
        return title + self.t("：", ": ") + text if text else title

    def sentence(self, text: str) -> str:
        """End a text with its full stop; the notice's own one stays the only one."""
        bare = text.rstrip("。；;" if self.lang == "zh" else "。.；;")
        return bare + self.t("。", ".")

    def amount(self, value: Fraction | int) -> str:
        """Write a figure exactly."""
        return numbers.show(Fraction(value))

    def points(self, value: Fraction | int) -> str:
        """Write points: «5分», «1 point»."""
        shown = self.amount(value)
        return self.t(f"{shown}分", f"{shown} point{'' if value == 1 else 's'}")

    def many(self, number: int, one: str, more: str = "") -> str:
        """Write a number of things in English: «1 team», «3 teams»."""
        return f"{number} {one if number == 1 else more or one + 's'}"

    def often(self, number: Fraction | int) -> str:
        """Write how often, in English: «once», «3 times»."""
        return "once" if number == 1 else f"{self.amount(number)} times"

    def percent(self, share: Fraction) -> str:
        """Write a share as a percentage, or as a fraction where that does not end."""
        shown = numbers.show(share * 100)
        return numbers.show(share) if "/" in shown else f"{shown}%"

    def times(self, share: Fraction) -> str:
        """Write the factor of a summand: «×40%»; nothing for a whole one."""
        return "" if share == 1 else self.t("×", " × ") + self.percent(share)

    def quoted(self, title: str) -> str:
        """Put a title into quotation marks; those that stand inside become single ones."""
        return f"“{title.replace('“', '‘').replace('”', '’')}”"

    def day(self, value: date) -> str:
        """Write a day: «2022年6月10日», «10 June 2022»."""
        return show_day(value, self.lang)

    def span(self, first: date, last: date, opens: str = "", closes: str = "") -> str:
        """Write from when to when: «2022年3月16日至4月10日24:00», a single day as one."""
        gap = self.t("", ", ")
        begin = self.day(first) + (gap + opens if opens else "")
        if first == last:
            clock = self.t("至", " to ").join(part for part in (opens, closes) if part)
            if closes and not opens:
                clock = self.t(f"{closes}前", f"until {closes}")
            return self.day(first) + (gap + clock if clock else "")
        end = self.day(last)
        if self.lang == "zh" and first.year == last.year:
            end = end.partition("年")[2]
        return self.t(f"{begin}至{end}", f"{begin} to {end}") + (gap + closes if closes else "")

    def ranks(self, ranks: tuple[int, int]) -> str:
        """Write places of a ranking: «第1名», «第2至3名»."""
        first, last = ranks
        if first == last:
            return self.t(f"第{first}名", f"rank {first}")
        return self.t(f"第{first}至{last}名", f"ranks {first} to {last}")

    def says(self, path: str) -> bool:
        """Say whether the rulebook itself has a key (``stages.final.absent``), not by default."""
        part: Any = self._plain
        for name in path.replace("[", ".").replace("]", "").split("."):
            if isinstance(part, list) and name.isdigit() and int(name) < len(part):
                part = part[int(name)]
            elif isinstance(part, dict) and name in part:
                part = part[name]
            else:
                return False
        return True

    @cached_property
    def _plain(self) -> object:
        return canonical.decode(self.rules.canonical) if self.rules.canonical else {}

    def question(self, name: str) -> int:
        """Give the number of an open question in the list of them, from 1; 0 for none of them."""
        names = list(self.rules.assumptions)
        return names.index(name) + 1 if name in names else 0
