"""A bulletin as docx: red heading, numbers, pieces with pictures, 主送 and 抄送; faces named."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from leitai.documents import docx_writing
from leitai.documents.official import RED
from leitai.documents.pages import (
    FANGSONG,
    HEITI,
    KAITI,
    MM,
    SIHAO,
    XIAOBIAOSONG,
    Block,
    Document,
    Para,
    Run,
    text,
)
from leitai.documents.photographs import fitted
from leitai.files import store
from leitai.files.selectors import get_file
from leitai.kernel.errors import DomainError
from leitai.newsroom.models import Bulletin, BulletinEntry, EntryMedia

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LANGUAGE = "zh-hans"  # an official paper is in the language of the office
_HEADING = 42.0
_LINE = 28.8
_WIDE, _HIGH = 130 * MM, 88 * MM


def write_bulletin(bulletin: Bulletin, entries: Sequence[BulletinEntry]) -> bytes:
    """The same issue gives the same bytes."""
    with translation.override(_LANGUAGE):
        return docx_writing.write(document_of(bulletin, entries))


def document_of(bulletin: Bulletin, entries: Sequence[BulletinEntry]) -> Document:
    blocks: list[Block] = [*_head(bulletin)]
    if len(entries) > 1:
        blocks += _contents(entries)
    for entry in entries:
        blocks += _piece(entry)
    blocks += _foot(bulletin)
    return Document(bulletin.heading, tuple(blocks), author=bulletin.body)


def issue_words(bulletin: Bulletin) -> str:
    """第3期（总第15期）."""
    return _("第%(number)s期（总第%(total)s期）") % {
        "number": bulletin.number,
        "total": bulletin.total,
    }


def day_words(bulletin: Bulletin) -> str:
    day = bulletin.day
    return _("%(year)s年%(month)s月%(day)s日") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }


def _head(bulletin: Bulletin) -> list[Block]:
    heading = Run(bulletin.heading, XIAOBIAOSONG, _HEADING, colour=RED)
    between = "　" * 4
    return [
        Para((heading,), align="center", line=60, before=20, after=20),
        Para((Run(issue_words(bulletin), KAITI),), align="center", line=_LINE, after=10),
        Para((Run(f"{bulletin.body}{between}{day_words(bulletin)}"),), align="center", line=_LINE),
        Para((Run("━" * 27, colour=RED),), align="center", line=20, after=20),
    ]


def _contents(entries: Sequence[BulletinEntry]) -> list[Block]:
    lines = [
        Para((Run(f"◆{entry.title}", FANGSONG, SIHAO),), line=26, left=32) for entry in entries
    ]
    head = Para((Run(_("本期要目"), HEITI),), align="center", line=_LINE, after=8, keep=True)
    return [head, *lines]


def _piece(entry: BulletinEntry) -> list[Block]:
    blocks: list[Block] = [
        Para(
            (Run(entry.title, XIAOBIAOSONG, 20),),
            align="center",
            line=34,
            before=30,
            after=12,
            keep=True,
            style="heading1",
        )
    ]
    blocks += [text(line.strip()) for line in entry.text.split("\n") if line.strip()]
    for one in entry.media.all():
        blocks += _picture(one)
    if entry.source:
        source = _("（%(source)s供稿）") % {"source": entry.source}
        blocks.append(Para((Run(source, KAITI),), align="right", line=_LINE))
    return blocks


def _picture(media: EntryMedia) -> list[Block]:
    """Nothing where its file is kept no longer; the line under it in 楷体."""
    try:
        image = fitted(_bytes(media), width=_WIDE, height=_HIGH)
    except (DomainError, OSError):
        return []
    if not media.caption:
        return [image]
    caption = Run(media.caption, KAITI, SIHAO)
    return [image, Para((caption,), align="center", line=24, after=8)]


def _bytes(media: EntryMedia) -> bytes:
    return store.blob_path(get_file(media.asset.file).sha256).read_bytes()


def _foot(bulletin: Bulletin) -> list[Block]:
    lines = []
    if bulletin.to:
        lines.append(_("主送：%(to)s") % {"to": bulletin.to})
    if bulletin.copies:
        lines.append(_("抄送：%(copies)s") % {"copies": bulletin.copies})
    if not lines:
        return []
    rule = Para((Run("─" * 32, FANGSONG, SIHAO),), align="center", line=20, before=40, keep=True)
    return [
        rule,
        *(Para((Run(line, FANGSONG, SIHAO),), line=24, left=14, right=14) for line in lines),
    ]
