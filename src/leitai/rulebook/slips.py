"""Slips of the pen: full-width marks, tabs and open quotes where YAML has marks of its own.

Whoever types Chinese has ``：`` under the finger that types ``:``, and YAML then complains of some
later line. The text is read through once, line by line; each slip has its own place and a mend, and
the mended text can be read further, so that everything else that is wrong is said as well.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import Final

_WIDE: Final = "\u3000\u00a0"
_BLANK: Final = f" \t{_WIDE}"
_WORD: Final = r"[A-Za-z_][A-Za-z0-9_.\[\]-]*"
_MARGIN: Final = re.compile(f"[{_BLANK}]*")
_DASH: Final = re.compile(f"-[{_BLANK}]+")
_KEY: Final = re.compile(rf"(\"{_WORD}\"|'{_WORD}'|{_WORD})[ {_WIDE}]*([:：])")
_FLOW_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_INDEXED: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*(\[[0-9]+\][A-Za-z0-9_.-]*)+")
_STRUCTURE: Final = re.compile(
    rf"(-[{_BLANK}]|[-#\]}}]|\"?[A-Za-z_][\w.\[\]-]*\"?[{_BLANK}]*[:：])"
)
_NEXT_KEY: Final = re.compile(rf"[{_BLANK}]*(-[{_BLANK}]+)*{_WORD}:(\s|$)")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_.:%/ -]+")
_BLOCK: Final = re.compile(r"[|>][-+0-9]*[ \t]*(#.*)?$")
_NEAR: Final = 200  # how far around a mark is looked: a line may be endless
_CLOSES: Final[Mapping[str, str]] = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: line and column from 1. ``sure``: it is one even where YAML makes sense of it."""

    line: int
    column: int
    code: str
    data: Mapping[str, object]
    sure: bool


@dataclass(slots=True)
class Proof:
    """What was found in a text, and how to mend it."""

    slips: list[Slip] = field(default_factory=list)
    _edits: list[tuple[int, int, int, str, bool]] = field(default_factory=list)

    def note(
        self, line: int, column: int, code: str, *, sure: bool,
        mends: list[tuple[int, int, str]], **data: object,
    ) -> None:  # fmt: skip
        """Note a slip; ``mends`` puts texts in the place of (column, length) of the same line."""
        self.slips.append(Slip(line + 1, column + 1, code, MappingProxyType(data), sure))
        self._edits += [(line, at, length, text, sure) for at, length, text in mends]

    def only_sure(self) -> "Proof":
        """Leave out what YAML can make sense of."""
        sure = [one for one in self.slips if one.sure]
        return Proof(sure, [edit for edit in self._edits if edit[-1]])

    def mend(self, text: str) -> "Mended":
        """Give the text with every slip mended."""
        lines = text.split("\n")
        grown: dict[int, list[int]] = {}
        edits = sorted(set(self._edits))
        for number, group in groupby(edits, key=lambda one: one[0]):
            line, done, made = lines[number], 0, ""
            for _, at, length, new, _ in group:
                made += line[done:at] + new
                done = at + length
                grown.setdefault(number, []).extend(range(len(made) - len(new) + length, len(made)))
            lines[number] = made + line[done:]
        return Mended("\n".join(lines), grown)


@dataclass(frozen=True, slots=True)
class Mended:
    """A text without its slips; ``grown`` has, by line, the columns that were put in."""

    text: str
    grown: Mapping[int, Sequence[int]]

    def column(self, line: int, column: int) -> int:
        """Give the column (from 0) that a place of the mended text had before."""
        return column - bisect_right(self.grown.get(line, ()), column)


def proofread(text: str) -> Proof:
    """Find the slips of a text; those not ``sure`` count only where YAML cannot read it."""
    return _Proofreader(text).read()


class _Proofreader:
    """Walks through the lines; knows open brackets, open quotes and blocks of text."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._proof = Proof()
        self._open: list[str] = []  # brackets
        self._quote = ""  # that goes on in the next line
        self._block: int | None = None  # the indentation of the key of a block of text
        self._value = False  # in brackets: after a colon

    def read(self) -> Proof:
        for number, raw in enumerate(self._lines):
            self._line(number, raw.rstrip("\r"))
        return self._proof

    def _line(self, number: int, line: str) -> None:
        begin = 0
        if self._quote:
            end = _end_of_quote(line, 0, self._quote)
            if end < 0:
                return
            self._quote, begin = "", end
            self._rest(number, line, begin, key=bool(self._open))
            return
        margin = _MARGIN.match(line)
        begin = margin.end() if margin else 0
        if begin == len(line) or self._in_block(line, begin):
            return
        if not self._open:
            self._indentation(number, line, begin)
            begin = self._dashes(number, line, begin)
            begin = self._key(number, line, begin)
        self._rest(number, line, begin, key=True)

    def _in_block(self, line: str, begin: int) -> bool:
        if self._block is None:
            return False
        wide = any(one in _WIDE for one in line[:begin])
        if begin > self._block or (wide and begin >= self._block):
            return True
        self._block = None
        return False

    def _indentation(self, number: int, line: str, begin: int) -> None:
        bad = [at for at in range(begin) if line[at] != " "]
        if not bad or line[begin] == "#":
            return
        wide = any(line[at] in _WIDE for at in bad)
        if wide and not _STRUCTURE.match(line, begin):
            return  # more of a text that began above
        code = "yaml_wide_space" if wide else "yaml_tab"
        sure = wide and bool(_KEY.match(line, begin)) and self._fits(number, line, begin)
        self._proof.note(number, bad[0], code, sure=sure, mends=[(at, 1, "  ") for at in bad])

    def _fits(self, number: int, line: str, begin: int) -> bool:
        """Say whether a line of a readable text is a key: ``word: …``, or below an open key."""
        key = _KEY.match(line, begin)
        if key is None:
            return False
        if key[2] == ":" and line[key.end() : key.end() + 1] in ("", *_BLANK):
            return True
        before = next((one for one in reversed(self._lines[:number]) if one.strip()), "")
        return before.rstrip().endswith((":", "："))

    def _dashes(self, number: int, line: str, begin: int) -> int:
        while found := _DASH.match(line, begin):
            bad = [at for at in range(begin + 1, found.end()) if line[at] in _WIDE]
            if bad:
                mends = [(at, 1, " ") for at in bad]
                self._proof.note(number, bad[0], "yaml_wide_space", sure=False, mends=mends)
            begin = found.end()
        return begin

    def _key(self, number: int, line: str, begin: int) -> int:
        """Look at ``key:`` at the beginning of a line; gives where its value begins."""
        found = _KEY.match(line, begin)
        if found is None:
            return begin
        at, end = found.start(2), found.end()
        follows = line[end : end + 1]
        listed = "-" in line[:begin]
        if found[2] == "：":
            mend = ":" if follows in ("", " ") else ": "
            self._proof.note(
                number, at, "yaml_wide_colon", sure=self._fits(number, line, begin),
                mends=[(at, 1, mend)], key=found[1],
            )  # fmt: skip
        elif follows and follows in _WIDE:
            mends = [(end, 1, " ")]
            self._proof.note(number, end, "yaml_wide_space", sure=False, mends=mends)
        elif follows not in ("", *_BLANK):
            if listed or found[1][0] in "\"'" or line.startswith("//", end):
                return begin
            mends = [(end, 0, " ")]
            self._proof.note(number, at, "yaml_no_space", sure=False, mends=mends, key=found[1])
        value = _MARGIN.match(line, end)
        end = value.end() if value else end
        if _BLOCK.match(line, end):
            self._block = begin
            return len(line)
        return end

    # ---- values, and everything in brackets

    def _rest(  # noqa: PLR0912  (one branch a mark)
        self, number: int, line: str, at: int, *, key: bool
    ) -> None:
        fresh = key  # where a new word may begin
        while at < len(line):
            one = line[at]
            if one == "#" and (at == 0 or line[at - 1] in _BLANK):
                return
            if fresh and one in _BLANK:
                at = self._space(number, line, at)
                continue
            if fresh and one in "\"'":
                at = self._quoted(number, line, at)
                if at < 0:
                    return
                fresh = False
                continue
            if fresh and one == "“":
                at, fresh = self._curled(number, line, at), False
                continue
            if one in _CLOSES and (fresh or self._open):
                at, fresh = self._bracket(line, at, fresh=fresh)
                continue
            if self._open and one in "}]":
                self._open.pop()
                self._value, fresh = True, False
            elif self._open and one == ",":
                self._value, fresh = False, True
            elif self._open and one == "，":
                fresh = self._comma(number, line, at)
            elif one == ":" and line[at + 1 : at + 2] in ("", *_BLANK):
                self._value, fresh = True, True
            elif fresh and self._open and self._open[-1] == "{" and not self._value:
                at, fresh = self._flow_key(number, line, at)
                continue
            elif fresh and self._open and (found := _INDEXED.match(line, at)):
                mends = [(found.start(), 0, '"'), (found.end(), 0, '"')]
                self._proof.note(number, at, "yaml_index", sure=False, mends=mends, text=found[0])
                at, fresh = found.end(), False
                continue
            else:
                fresh = False
            at += 1

    def _space(self, number: int, line: str, at: int) -> int:
        if line[at] in _WIDE and self._open:
            sure = self._open[-1] == "{" and not self._value
            self._proof.note(number, at, "yaml_wide_space", sure=sure, mends=[(at, 1, " ")])
        return at + 1

    def _quoted(self, number: int, line: str, at: int) -> int:
        quote = line[at]
        end = _end_of_quote(line, at + 1, quote)
        if end >= 0:
            return end
        if not self._goes_on(number, quote):
            length = len(line)
            mends = [(length, 0, quote)]
            self._proof.note(number, at, "yaml_quote_open", sure=False, mends=mends, quote=quote)
        else:
            self._quote = quote
        return -1

    def _goes_on(self, number: int, quote: str) -> bool:
        """Say whether a quote is closed in a later line, before what looks like another key."""
        for raw in self._lines[number + 1 :]:
            if _NEXT_KEY.match(raw):
                return False
            if _end_of_quote(raw, 0, quote) >= 0:
                return True
        return False

    def _curled(self, number: int, line: str, at: int) -> int:
        end = line.find("”", at, at + _NEAR)
        rest = line[end + 1 : end + _NEAR].strip(_BLANK)
        inner = line[at + 1 : end]
        if end < 0 or '"' in inner or (rest and rest[0] not in ",，]}#:："):
            return at + 1
        mends = [(at, 1, '"'), (end, 1, '"')]
        sure = bool(_PLAIN.fullmatch(inner))
        self._proof.note(number, at, "yaml_curled", sure=sure, mends=mends, text=inner)
        return end + 1

    def _bracket(self, line: str, at: int, *, fresh: bool) -> tuple[int, bool]:
        if not fresh:
            return at + 1, False
        self._open.append(line[at])
        self._value = False
        return at + 1, True

    def _comma(self, number: int, line: str, at: int) -> bool:
        """Look at a full-width comma in brackets; gives whether it parts two items."""
        margin = _MARGIN.match(line, at + 1)
        begin = margin.end() if margin else at + 1
        before = line[max(at - _NEAR, 0) : at].rstrip(_BLANK)[-1:]
        if self._open[-1] == "{":
            found = _KEY.match(line, begin)
            parts = found is not None and found[1].strip("\"'").islower()
            sure = parts and self._value
        else:
            left = re.split(r"[\[,，]", line[max(at - _NEAR, 0) : at])[-1].strip(_BLANK)
            right = re.split(r"[\],，]", line[at + 1 : at + _NEAR])[0].strip(_BLANK)
            sure = bool(_PLAIN.fullmatch(left) and _PLAIN.fullmatch(right))
            parts = sure
        parts = parts or before in "\"'”]}" or line[begin : begin + 1] in "\"'{["
        if parts and before:
            self._proof.note(number, at, "yaml_wide_comma", sure=sure, mends=[(at, 1, ",")])
            self._value = False
        return bool(parts and before)

    def _flow_key(self, number: int, line: str, at: int) -> tuple[int, bool]:
        """Look at a key in braces; gives where to go on, and whether a value begins there."""
        word = _FLOW_WORD.match(line, at)
        if word is None:
            return at + 1, False
        end = word.end()
        colon, follows = line[end : end + 1], line[end + 1 : end + 2]
        if colon == "：":
            mend = ":" if follows in ("", " ") else ": "
            self._proof.note(
                number, end, "yaml_wide_colon", sure=True, mends=[(end, 1, mend)], key=word[0]
            )
        elif colon == ":" and follows and follows in _WIDE:
            mends = [(end + 1, 1, " ")]
            self._proof.note(number, end + 1, "yaml_wide_space", sure=True, mends=mends)
        elif colon == ":" and follows not in ("", *_BLANK):
            mends = [(end + 1, 0, " ")]
            self._proof.note(number, end, "yaml_no_space", sure=True, mends=mends, key=word[0])
        else:
            return end, False
        self._value = True
        return end + 1, True


def _end_of_quote(line: str, at: int, quote: str) -> int:
    """Give the place after the closing quote; -1 where it does not stand in this line."""
    while at < len(line):
        if quote == '"' and line[at] == "\\":
            at += 2
            continue
        if line[at] == quote:
            if quote == "'" and line[at + 1 : at + 2] == "'":
                at += 2
                continue
            return at + 1
        at += 1
    return -1
