"""Sections as a text for the terminal, and as a page of HTML that stands alone."""

import textwrap
from collections.abc import Iterable
from html import escape
from typing import Final

from leitai.rulebook.plain.words import Clause, Section, Words

_NUMERALS: Final = "一二三四五六七八九"
_STYLE: Final = """\
body { font: 16px/1.8 "Source Han Serif SC", "Noto Serif CJK SC", SimSun, serif; color: #1a1a1a;
  max-width: 46em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; text-align: center; }
h2 { font-size: 1.15em; margin-top: 2em; border-bottom: 1px solid #999; }
li { margin: .5em 0; }
blockquote { margin: .2em 0 .2em 1em; padding-left: .8em; border-left: 3px solid #bbb;
  color: #555; }
.open { color: #8a2b06; }
@media print { body { margin: 0; max-width: none; } li { break-inside: avoid; } }"""


def numeral(number: int) -> str:
    """Write 1 to 99 as a Chinese numeral: 十二."""
    tens, ones = divmod(number, 10)
    begin = "" if not tens else ("十" if tens == 1 else f"{_NUMERALS[tens - 1]}十")
    return begin + (_NUMERALS[ones - 1] if ones else "")


def heading(words: Words, at: int, section: Section) -> str:
    """Number a section: 一、竞赛概况."""
    return words.t(f"{numeral(at)}、{section.title}", f"{at}. {section.title}")


def as_text(words: Words, sections: Iterable[Section]) -> str:
    """Write sections as plain text, the notice's sentences below the clauses."""
    lines = [words.rules.title, ""]
    for at, section in enumerate(sections, start=1):
        lines += [heading(words, at, section)]
        for number, clause in enumerate(section.clauses, start=1):
            lines.append(f"  {number}. {clause.text}")
            lines += [f"     {note}" for note in _notes(words, clause)]
        lines.append("")
    return "\n".join(lines)


def _notes(words: Words, clause: Clause) -> list[str]:
    notes = [words.t("原文：", "notice: ") + source for source in clause.source.splitlines()]
    if asked := _asked(words, clause):
        numbers = words.listed(map(str, asked))
        notes.append(
            words.t(f"待确认：第{numbers}项", f"open: question{'s'[: len(asked) > 1]} {numbers}")
        )
    return [line for note in notes for line in textwrap.wrap(note, 400) or [note]]


def _asked(words: Words, clause: Clause) -> list[int]:
    """Give the numbers that the open questions of a clause have in the list of them."""
    if clause.path.startswith("assumptions."):
        return []
    return [number for name in clause.questions if (number := words.question(name))]


def as_html(words: Words, sections: Iterable[Section]) -> str:
    """Write sections as a page that needs nothing from outside."""
    title = escape(words.rules.title)
    parts = [
        "<!doctype html>",
        f'<html lang="{words.t("zh-Hans", "en")}">',
        f'<head><meta charset="utf-8"><title>{title}</title>',
        f"<style>\n{_STYLE}\n</style></head>",
        f"<body>\n<h1>{title}</h1>",
    ]
    seen: set[str] = set()  # a place that has several clauses is named once
    for at, section in enumerate(sections, start=1):
        parts.append(f"<section>\n<h2>{escape(heading(words, at, section))}</h2>\n<ol>")
        parts += [_item(words, clause, seen) for clause in section.clauses]
        parts.append("</ol>\n</section>")
    parts.append("</body>\n</html>\n")
    return "\n".join(parts)


def _item(words: Words, clause: Clause, seen: set[str]) -> str:
    name = f' id="{escape(clause.path)}"' if clause.path and clause.path not in seen else ""
    seen.add(clause.path)
    quotes = "".join(
        f"<blockquote>{escape(source)}</blockquote>" for source in clause.source.splitlines()
    )
    numbers = _asked(words, clause)
    names = list(words.rules.assumptions)
    links = "".join(
        f' <a class="open" href="{escape(f"#assumptions.{names[number - 1]}")}">'
        f"{escape(words.t(f'待确认：第{number}项', f'open: question {number}'))}</a>"
        for number in numbers
    )
    return f"<li{name}>{escape(clause.text)}{links}{quotes}</li>"
