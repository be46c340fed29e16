"""评分表 and 统分表 on paper: for judges to mark, and to be signed by 统分, 复核, 监督."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from leitai.documents import pages, press
from leitai.documents.faces import substitutions
from leitai.documents.fonts import FontMap
from leitai.documents.pages import MM, Block, Break, Document, Paper, cell, note, title
from leitai.documents.pdf import Compiler
from leitai.judging import selectors
from leitai.judging.models import JudgedEvent, Seat, Slot
from leitai.judging.selectors import Box, Recorded
from leitai.judging.selectors.desks import TallyPage, TallyRow
from leitai.kernel.errors import DomainError
from leitai.rulebook import numbers
from leitai.rulebook.plain.conditions import body_title
from leitai.rulebook.plain.words import Words

LANGUAGE: Final = "zh-hans"  # what is signed is in the language of the office
A4: Final = Paper(top=20 * MM, bottom=18 * MM, left=20 * MM, right=20 * MM)
WIDE: Final = Paper(
    width=297 * MM, height=210 * MM, top=16 * MM, bottom=16 * MM, left=15 * MM, right=15 * MM
)
MOST_SHEETS: Final = 600


def _further() -> Path | None:
    return Path(settings.LEITAI_FONTS) if settings.LEITAI_FONTS else None


@cache
def compiler() -> Compiler:
    """One compiler a process: it has read the fonts."""
    return Compiler(fonts=_further())


def score_sheets(event: JudgedEvent, *, filled: bool) -> tuple[bytes, str]:
    """A page for each judge and contestant, blank or as it was submitted; and the file's name."""
    with translation.override(LANGUAGE):
        pairs = list(_pairs(event, filled=filled))
        if not pairs or len(pairs) > MOST_SHEETS:
            raise DomainError("judging_print_none" if not pairs else "judging_print_many")
        blocks: list[Block] = []
        for recorded, seat in pairs:
            blocks += [Break()] if blocks else []
            blocks += _sheet(event, recorded, seat, filled=filled)
        name = _("%(title)s评分表.pdf") % {"title": event.title}
        return _pdf(Document(event.title, tuple(blocks), A4)), name


def _pairs(event: JudgedEvent, *, filled: bool) -> Iterator[tuple[Recorded, Seat]]:
    for one in selectors.recorded_of(event):
        if filled:
            sheets = sorted(one.sheets.items()) if one.complete else []  # none before all are in
            yield from ((one, sheet.seat) for _judge, sheet in sheets)
        else:
            yield from ((one, seat) for seat in one.panel.seats)


def _sheet(event: JudgedEvent, recorded: Recorded, seat: Seat, *, filled: bool) -> Iterator[Block]:
    slot, judging = recorded.slot, selectors.judging_of(event)
    marks = recorded.marks.get(seat.judge, {}) if filled else {}
    yield title(_("%(event)s评分表") % {"event": event.title})
    season = selectors.law_of(event)
    yield note(f"{season.title}　{season.tracks[event.track].title}")
    yield note(_whose(event, slot, seat, recorded if filled else None))
    rows = [_line(box, marks) for box in selectors.boxes_of(event, seat)]
    total = numbers.show(selectors.total_of(event, seat, marks)) if filled else ""
    heads = (_("评分项目"), _("分值"), _("评分要点"), _("得分"))
    yield pages.table(
        heads,
        [*rows, (_("合计"), "", "", total)],
        (5, 4, 6, 3),
        measure=A4.measure,
        left=frozenset({0, 2}),
    )
    yield note(_("更改处须由评委签名。"))
    if recorded.slot.scenario is not None:
        yield note(_("情景：%(title)s") % {"title": recorded.slot.scenario.title})
    if judging.anchor and slot.order == 1:
        words_of = {"count": judging.anchor}
        yield note(_("首个出场，待第%(count)s个出场者结束后评定。") % words_of)
    yield _signatures((_("评委签名"), _("日期")))


def _whose(event: JudgedEvent, slot: Slot, seat: Seat, marked: Recorded | None) -> str:
    """Whose sheet of whom, on a line of its own; of one marked anew which version it is."""
    told = {
        "number": slot.number,
        "name": "" if event.anonymous else f"　{slot.name}",
        "judge": seat.judge,
    }
    line = _("选手%(number)s号%(name)s　%(judge)s号评委") % told
    version = marked.sheets[seat.judge].version if marked else 1
    return line if version == 1 else f"{line}　{_('第%(version)s版') % {'version': version}}"


def _line(box: Box, marks: dict[str, str]) -> tuple[str, ...]:
    given = marks.get(box.name, "")
    if box.group:
        return (box.called, box.most, box.note, {"1": "√", "0": "×"}.get(given, ""))
    if box.choices:
        words_of = "、".join(f"{one.title}（{one.points}）" for one in box.choices)
        return (box.title, words_of, box.note, given)
    range_of = {"least": box.least, "most": box.most, "grain": box.grain}
    return (box.title, _("%(least)s—%(most)s，每%(grain)s") % range_of, points_of(box), given)


def points_of(box: Box) -> str:
    """评分要点: the notice's words, then each level with its bounds."""
    told = [box.note] if box.note else []
    for level in box.levels:
        said = {"title": level.title, "bounds": level.bounds}
        told.append(
            _("%(title)s（%(bounds)s分）") % said + (f"：{level.text}" if level.text else "")
        )
    return "\n".join(told)


def tally_sheet(event: JudgedEvent) -> tuple[bytes, str]:
    """统分表: every judge's sum, what was dropped, what was taken off, the score; to be signed."""
    with translation.override(LANGUAGE):
        page = selectors.tally_page(event)
        blocks = [
            title(_("%(event)s统分表") % {"event": event.title}),
            note(_where(event)),
            _tally_table(page),
            note(_method(event)),
            note(_("带括号的为去掉的最高分、最低分，或未计入的评分。")),
            *(_remarks(page.rows)),
            note(_("数据摘要：%(digest)s") % {"digest": page.tally.digest}),
            _signatures(_signers(event), measure=WIDE.measure),
        ]
        name = _("%(title)s统分表.pdf") % {"title": event.title}
        return _pdf(Document(event.title, tuple(blocks), WIDE)), name


def _where(event: JudgedEvent) -> str:
    law = selectors.law_of(event)
    at = timezone.localtime(event.starts_at, timezone.get_default_timezone())
    day = _("%(year)s年%(month)s月%(day)s日") % {
        "year": at.year,
        "month": at.month,
        "day": at.day,
    }
    parts = (
        law.title,
        law.tracks[event.track].title,
        event.stage.title,
        event.session,
        event.place,
        day,
    )
    return "　".join(part for part in parts if part)


def _tally_table(page: TallyPage) -> Block:
    heads = (
        _("出场"),
        _("号码"),
        _("姓名"),
        *(seat.judge.rpartition("/")[2] for seat in page.seats),
        _("评委得分"),
        _("用时"),
        _("加减分"),
        _("最后得分"),
    )
    shares = (4, 4, 7, *(5 for _seat in page.seats), 7, 5, 6, 7)
    rows = [_tally_row(row) for row in page.rows]
    return pages.table(heads, rows, shares, measure=WIDE.measure)


def _tally_row(row: TallyRow) -> tuple[str, ...]:
    sums = (text if counted or not text else f"（{text}）" for text, counted in row.sums)
    off = row.off
    return (
        str(row.slot.order),
        row.slot.number,
        row.slot.name,
        *sums,
        brief(row.figure),
        row.seconds,
        off,
        brief(row.score),
    )


def brief(text: str) -> str:
    """A ratio is printed with a decimal beside it."""
    beside = selectors.near(text)
    return f"{text}\n{beside}" if beside else text


def _remarks(rows: Sequence[TallyRow]) -> Iterator[Block]:
    for row in rows:
        for change in row.changes:
            yield note(_("%(number)s号：%(what)s") % {"number": row.slot.number, "what": change})


def _method(event: JudgedEvent) -> str:
    rule = selectors.judging_of(event).combine
    if rule.by == "trimmed":
        dropped = {"high": rule.high, "low": rule.low}
        return _("去掉%(high)s个最高分和%(low)s个最低分，取其余评委的平均分。") % dropped
    ways = {
        "mean": _("取全体评委的平均分。"),
        "median": _("取全体评委的中位数。"),
        "sum": _("全体评委的评分相加。"),
    }
    return ways[rule.by]


def _signers(event: JudgedEvent) -> tuple[str, ...]:
    """统分, 复核, 监督, and whom the rules name besides."""
    said = Words(selectors.law_of(event), "zh")
    named = [body_title(said, one) for one in selectors.judging_of(event).signed_by]
    usual = [
        _named(_("统分"), event.tallied_name),
        _named(_("复核"), event.checked_name),
        _("监督"),
    ]
    return (*usual, *named)


def _named(word: str, name: str) -> str:
    return f"{word}（{name}）" if name else word


def _signatures(names: Sequence[str], *, measure: float = 0) -> Block:
    """A row of empty cells, each under its word."""
    whole = measure or A4.measure
    widths = tuple(whole / len(names) for _name in names)
    return pages.Table(
        widths,
        (tuple(cell(f"{name}：") for name in names), tuple(cell("") for _name in names)),
        heights=(0, 40),
    )


def _pdf(document: Document) -> bytes:
    """Raises judging_glyphs for a name that would print as an empty box."""
    missing = compiler().missing_glyphs([one.replace("\n", "") for one in pages.texts_of(document)])
    if missing:
        raise DomainError("judging_glyphs", names="、".join({one.text for one in missing})[:80])
    used = substitutions(pages.faces_of(document), FontMap(_further()).files)
    return compiler().compile(press.TEMPLATE, press.data_of(document, used))
