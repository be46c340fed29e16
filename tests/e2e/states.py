"""States of a season as databases: each is made once in a run, and every part plays in a copy.

A state may go on from another (`upon`): it is then made in a copy of that one. The files of a state
are copied with it. Clocks need nothing: what a state sets lasts for days, a run for minutes, and
an exam that opens in seconds is set by the part that sits it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.test import override_settings

from tests import databases

State = Callable[[datetime], object]
_BEFORE: dict[State, State] = {}


def upon(before: State) -> Callable[[State], State]:
    """Of a state that goes on where another one ends."""

    def mark(state: State) -> State:
        _BEFORE[state] = before
        return state

    return mark


class States:
    """The states that this run has made so far."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[State, str] = {}

    @contextmanager
    def play(self, state: State, files: Path) -> Iterator[None]:
        """Django stands in a copy of the state whose files are in the folder; gone afterwards."""
        name = f"test_part_{os.getpid()}"
        template = self._template(state)
        databases.copy(template, name)
        shutil.copytree(self._folder / template, files, dirs_exist_ok=True)
        with databases.used(name):
            yield
        databases.drop(name)

    def drop(self) -> None:
        for name in self._made.values():
            databases.drop(name)

    def _template(self, state: State) -> str:
        if state not in self._made:
            before = _BEFORE.get(state)
            template = self._template(before) if before else ""
            name = f"test_state_{os.getpid()}_{len(self._made)}"
            files = self._folder / name
            if template:
                databases.copy(template, name)
                shutil.copytree(self._folder / template, files)
            else:
                databases.copy_migrated(name)
                files.mkdir()
            with databases.used(name), override_settings(LEITAI_FILES=files):
                state(datetime.now(UTC))
            self._made[state] = name
        return self._made[state]
