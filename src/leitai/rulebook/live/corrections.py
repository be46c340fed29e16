"""Which entries of a log are in force: what was voided or corrected later is read as corrected."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import refuse

KINDS: Final = frozenset({"void", "correct"})
_SEQS: Final = re.compile(r"[0-9]{1,12}(,[0-9]{1,12}){0,99}", re.ASCII)
_CORRECTION: Final = re.compile(r"(?P<seq>[0-9]{1,12})=(?P<value>.*)", re.ASCII | re.DOTALL)


def check(log: Sequence[LogIn], entry: LogIn) -> None:
    """Refuse a correction of what is not there, or that cannot be read."""
    known = {earlier.seq: earlier for earlier in log}
    for seq in targets(entry):
        if seq not in known:
            refuse("live_no_entry", seq=seq)
        if entry.kind == "correct" and known[seq].kind in KINDS:
            refuse("live_corrects_correction", seq=seq)


def targets(entry: LogIn) -> tuple[int, ...]:
    """Name the entries that a correction is about; refuses what cannot be read."""
    if entry.kind == "void":
        if not _SEQS.fullmatch(entry.value):
            refuse("live_void_unread", value=entry.value)
        return tuple(sorted({int(text) for text in entry.value.split(",")}))
    found = _CORRECTION.fullmatch(entry.value)
    if found is None:
        return refuse("live_correct_unread", value=entry.value)
    return (int(found["seq"]),)


def in_force(log: Sequence[LogIn]) -> tuple[LogIn, ...]:
    """Give the corrections that hold: a later one may have voided an earlier one."""
    voided: set[int] = set()
    found = []
    for entry in reversed(log):
        if entry.kind in KINDS and entry.seq not in voided:
            found.append(entry)
            if entry.kind == "void":
                voided.update(targets(entry))
    return tuple(reversed(found))


def effective(log: Sequence[LogIn]) -> tuple[LogIn, ...]:
    """Give the entries that count, in their order, as the corrections say."""
    voided: set[int] = set()
    corrected: dict[int, LogIn] = {}
    for entry in in_force(log):
        if entry.kind == "void":
            voided.update(targets(entry))
        else:
            corrected[targets(entry)[0]] = entry
    return tuple(
        _corrected(entry, corrected.get(entry.seq))
        for entry in log
        if entry.kind not in KINDS and entry.seq not in voided
    )


def _corrected(entry: LogIn, correction: LogIn | None) -> LogIn:
    if correction is None:
        return entry
    value = correction.value.partition("=")[2]
    return replace(entry, value=value, seat=correction.seat or entry.seat)
