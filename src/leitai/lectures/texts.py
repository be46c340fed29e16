"""Chapters and transcripts as people write them, WebVTT and SRT as programs do, and back again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from leitai.kernel.errors import DomainError, Problem, Problems

Cue = tuple[int | None, int | None, str]  # from and to in milliseconds
CHAPTERS: Final = 60
CUES: Final = 3000
CUE_LENGTH: Final = 1000
FILE_BYTES: Final = 1024 * 1024
LAST_CUE: Final = 4000  # milliseconds of a cue whose end nobody wrote
_CLOCK = r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-9]{2})(?:[.,]([0-9]{1,3}))?"
_TIME: Final = re.compile(_CLOCK)
_CHAPTER: Final = re.compile(rf"{_CLOCK}\s*[\s、，,：:]\s*(\S.*)")
_HEAD: Final = re.compile(r"^[0-9:：]+")
_SPAN: Final = re.compile(rf"{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?")
_STAMPED: Final = re.compile(rf"\[{_CLOCK}\]\s*(.*)")
_MARKUP: Final = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_SKIPPED: Final = ("WEBVTT", "NOTE", "STYLE", "REGION")


def read_chapters(text: str, *, length: int) -> list[list[int | str]]:
    """«03:20 申请条件» a line. Raises Problems with every line that is wrong."""
    found: list[list[int | str]] = []
    problems = []
    last = -1
    lines = [_HEAD.sub(_plain_colons, line.strip()) for line in text.splitlines()]
    for row, line in enumerate(lines, start=1):
        if not line:
            continue
        match = _CHAPTER.fullmatch(line)
        if match is None or int(match[3]) > 59:
            problems.append(
                Problem("chapters", "lecture_chapter_form", {"row": row, "text": line[:40]})
            )
            continue
        at = _milliseconds(match.groups()[:4]) // 1000
        if at <= last:
            problems.append(Problem("chapters", "lecture_chapter_order", {"row": row}))
        elif length and at >= length:
            told = {"row": row, "length": clock(length)}
            problems.append(Problem("chapters", "lecture_chapter_late", told))
        last = at
        found.append([at, match[5].strip()[:120]])
    if len(found) > CHAPTERS:
        problems.append(Problem("chapters", "lecture_chapters_many", {"limit": CHAPTERS}))
    if problems:
        raise Problems(problems)
    return found


def show_chapters(chapters: Iterable[Sequence[int | str]]) -> str:
    return "\n".join(f"{clock(int(at))} {title}" for at, title in chapters)


def clock(seconds: int) -> str:
    """3:20, 1:03:20."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def read_transcript(text: str) -> list[Cue]:
    """WebVTT, SRT, «[03:20] words» lines, or plain paragraphs.

    Raises Problems by line. Words without times make a transcript to read, but no captions.
    """
    told = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    cues, problems = _blocks(told) if "-->" in told else _lines(told)
    problems += [
        Problem("transcript", "lecture_cue_long", {"row": row, "limit": CUE_LENGTH})
        for row, (_start, _stop, words) in enumerate(cues, start=1)
        if len(words) > CUE_LENGTH
    ]
    if len(cues) > CUES:
        problems.append(Problem("transcript", "lecture_cues_many", {"limit": CUES}))
    if problems:
        raise Problems(problems)
    return cues


def decode(data: bytes) -> str:
    """A caption file as it was uploaded; raises DomainError("lecture_text_broken")."""
    if len(data) > FILE_BYTES:
        raise DomainError("lecture_text_large", limit="1 MB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DomainError("lecture_text_broken") from None


def show_transcript(cues: Iterable[Sequence[int | str | None]]) -> str:
    """For the form, so that it reads back as the same."""
    rows = []
    for start, stop, words in cues:
        if start is None or stop is None:
            rows.append(str(words))
        else:
            rows.append(f"{_stamp(int(start))} --> {_stamp(int(stop))}\n{words}\n")
    return "\n".join(rows)


def has_captions(cues: Iterable[Sequence[int | str | None]]) -> bool:
    return any(one[0] is not None for one in cues)


def write_vtt(cues: Iterable[Sequence[int | str | None]]) -> str:
    """WebVTT of the cues that have times; nothing in it is markup."""
    parts = ["WEBVTT\n"]
    for start, stop, words in cues:
        if start is None or stop is None:
            continue
        safe = str(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        parts.append(f"{_stamp(int(start))} --> {_stamp(int(stop))}\n{safe}\n")
    return "\n".join(parts)


def _blocks(text: str) -> tuple[list[Cue], list[Problem]]:
    """Cues apart by empty lines; a number or a name may stand over the times."""
    cues: list[Cue] = []
    problems = []
    for row, lines in _paragraphs(text):
        place = next((at for at, line in enumerate(lines) if "-->" in line), None)
        if place is None:
            if not lines[0].startswith(_SKIPPED):
                problems.append(_cue_problem("lecture_cue_form", row, lines[0]))
            continue
        match = _SPAN.fullmatch(lines[place].strip())
        start = _milliseconds(match.groups()[:4]) if match else 0
        stop = _milliseconds(match.groups()[4:]) if match else 0
        if stop <= start:
            problems.append(_cue_problem("lecture_cue_form", row + place, lines[place]))
            continue
        if cues and start < (cues[-1][0] or 0):
            problems.append(_cue_problem("lecture_cue_order", row + place, lines[place]))
        words = _MARKUP.sub("", "\n".join(lines[place + 1 :])).strip()
        if words:
            cues.append((start, stop, words))
    return cues, problems


def _lines(text: str) -> tuple[list[Cue], list[Problem]]:
    """A paragraph a line; those with «[03:20]» before them end where the next begins."""
    found: list[tuple[int | None, str]] = []
    problems = []
    last = -1
    for row, line in enumerate(text.split("\n"), start=1):
        words = line.strip()
        if not words:
            continue
        match = _STAMPED.fullmatch(words)
        if match is None:
            found.append((None, words))
            continue
        at = _milliseconds(match.groups()[:4])
        if at <= last:
            problems.append(_cue_problem("lecture_cue_order", row, words))
        last = at
        if match[5]:
            found.append((at, match[5]))
    cues: list[Cue] = []
    later: int | None = None
    for moment, words in reversed(found):
        if moment is None:
            cues.append((None, None, words))
        else:
            cues.append((moment, moment + LAST_CUE if later is None else later, words))
            later = moment
    return cues[::-1], problems


def _plain_colons(head: re.Match[str]) -> str:
    return head[0].replace("：", ":")


def _cue_problem(code: str, row: int, text: str) -> Problem:
    return Problem("transcript", code, {"row": row, "text": text[:40]})


def _paragraphs(text: str) -> Iterator[tuple[int, list[str]]]:
    first, held = 1, list[str]()
    for row, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            held.append(line)
            continue
        if held:
            yield first, held
        first, held = row + 1, []


def _milliseconds(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, fraction = parts
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def _stamp(at: int) -> str:
    seconds, rest = divmod(at, 1000)
    minutes, left = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{left:02d}.{rest:03d}"
