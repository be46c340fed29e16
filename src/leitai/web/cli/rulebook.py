"""`leitai rulebook …`: read, explain, compare and run rulebooks, without a database."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.rulebook import loading, plain, tables, texts
from leitai.rulebook.model import Rulebook
from leitai.web.cli import house

Command = Callable[[argparse.Namespace], int]
REFUSED = 2
HUNG_UP = 141  # what a shell gives for a process that SIGPIPE ended
_DOTTED = re.compile(r"\.([0-9]{1,6})(?=[.\[]|$)")


def _told(command: Command) -> Command:
    """Say what is refused in the rulebook's own sentences: neither Django nor a database is up."""

    @wraps(command)
    def told(arguments: argparse.Namespace) -> int:
        try:
            code = command(arguments)
            sys.stdout.flush()
        except BrokenPipeError:  # whoever read has seen enough (`| head`)
            return _hung_up()
        except DomainError as error:
            if error.code != "problems" and error.code not in texts.TEXTS:
                raise
            sys.stderr.write(texts.text_of(error, _lang(arguments)) + "\n")
            return REFUSED
        return code

    return told


def _hung_up() -> int:
    """Let nothing be written any more, not even when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return HUNG_UP


def _lang(arguments: argparse.Namespace) -> str:
    return getattr(arguments, "lang", None) or house.language()


def text_of_file(path: Path) -> str:
    """Read a UTF-8 file; raises DomainError: "not_utf8" or "file_unreadable"."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DomainError("not_utf8", file=str(path), at=error.start) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        said = getattr(error, "strerror", None) or str(error)
        raise DomainError("file_unreadable", file=str(path)[:200], said=said) from None


def open_rulebook(name: str) -> Rulebook:
    """Load a file, or a rulebook of the library by its id."""
    path = Path(name)
    if not path.is_file() and name in loading.library():
        return loading.load(loading.packaged(name), name=f"{name}.yaml")
    return loading.load(text_of_file(path), name=name, resolve=_beside)


def _beside(reference: str, asking: str) -> tuple[str, str]:
    """Find what a rulebook extends: a file beside it, or one of the library."""
    path = Path(asking).parent / reference
    if path.is_file():
        return str(path), text_of_file(path)
    return loading.from_library(reference)


@_told
def check(arguments: argparse.Namespace) -> int:
    """Print every problem of every file, `FILE:LINE:COLUMN: path: message`."""
    lang, found = _lang(arguments), 0
    for name in arguments.files:
        problems: tuple[Problem, ...] = ()
        try:
            open_rulebook(name)
        except Problems as error:
            problems = error.problems
        except DomainError as error:
            problems = (Problem(name, error.code, error.data),)
        found += len(problems)
        for problem in problems:
            line = texts.text_of(problem, lang)
            if arguments.json:
                line = json.dumps(_record(problem, lang), ensure_ascii=False)
            sys.stdout.write(line + "\n")
    return REFUSED if found else 0


def _record(problem: Problem, lang: str) -> dict[str, object]:
    file, line, column, path = _place(problem.place)
    said = texts.text_of(Problem("", problem.code, problem.data), lang).removeprefix(": ")
    return {
        "file": file,
        "line": line,
        "column": column,
        "path": path,
        "code": problem.code,
        "message": said,
    }


def _place(place: str) -> tuple[str, int | None, int | None, str]:
    where, _, path = place.partition(": ")
    parts = where.rsplit(":", 2)
    if len(parts) == 3 and parts[1].isdecimal() and parts[2].isdecimal():
        return parts[0], int(parts[1]), int(parts[2]), path
    return where, None, None, path


@_told
def explain(arguments: argparse.Namespace) -> int:
    """Print the rulebook in plain words."""
    rules, lang = open_rulebook(arguments.file), _lang(arguments)
    show = plain.html if arguments.html else plain.text
    sys.stdout.write(show(rules, lang))
    return 0


@_told
def diff(arguments: argparse.Namespace) -> int:
    """Print what differs between two rulebooks, rule by rule."""
    from leitai.rulebook import differing

    old, new = open_rulebook(arguments.old), open_rulebook(arguments.new)
    lang = _lang(arguments)
    changes = differing.differences(old, new, lang)
    if arguments.json:
        for change in changes:
            sys.stdout.write(json.dumps(change.plain(), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(differing.text(changes, lang))
    return 0


@_told
def when(arguments: argparse.Namespace) -> int:
    """Print a deadline, counted from an instant."""
    from leitai.rulebook import procedure
    from leitai.rulebook.tables.sheet import read_instant

    if not arguments.start:
        raise DomainError("when_from_missing")
    rules = open_rulebook(arguments.file)
    start = read_instant(arguments.start)
    if start is None:
        raise DomainError("time_from", value=arguments.start[:60])
    try:
        found = procedure.when(rules, arguments.rule, start, _lang(arguments))
    except DomainError as error:
        indexed = _DOTTED.sub(r"[\1]", arguments.rule)  # levels.0 is levels[0]
        if error.code != "no_such_rule" or indexed == arguments.rule:
            raise
        found = procedure.when(rules, indexed, start, _lang(arguments))
    lines = (found.instant.isoformat(), found.words, *found.caveats)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


@_told
def simulate(arguments: argparse.Namespace) -> int:
    """Run a synthetic season through the real engine and print what comes of it."""
    from leitai.rulebook import simulating

    rules = open_rulebook(arguments.file)
    lang = _lang(arguments)
    found = simulating.simulate(rules, entrants=arguments.entrants, seed=arguments.seed)
    sys.stdout.write(simulating.text(found, lang))
    return 0


@_told
def decide(arguments: argparse.Namespace) -> int:
    """Decide a season from CSV files; 3 where something is blocked, 2 where input is refused."""
    try:
        rules = open_rulebook(arguments.file)
        files = _tables(Path(arguments.data), _lang(arguments))
        result = tables.decide(rules, files, strict=arguments.strict, lang=_lang(arguments))
    except DomainError:
        _remove_old(Path(arguments.out), _lang(arguments))
        raise
    _write(Path(arguments.out), dict(result.files))
    return result.exit


def _tables(folder: Path, lang: str) -> dict[str, str]:
    """Read the tables of a folder, and say which files are none of them."""
    if not folder.is_dir():
        raise DomainError("folder_missing", folder=str(folder))
    files, problems = {}, []
    for path in sorted(folder.glob("*.csv")):
        if path.name not in tables.IN:
            house.say(texts.TEXTS["csv_not_read"][lang == "en"] % {"file": path.name})
            continue
        try:
            files[path.name] = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            problems.append(Problem(path.name, "csv_encoding", {"at": error.start}))
        except OSError as error:
            said = error.strerror or ""
            raise DomainError("file_unreadable", file=str(path), said=said) from None
    if problems:
        raise Problems(problems)
    if not any(text.strip("\ufeff \t\r\n,") for text in files.values()):
        raise DomainError("data_missing", folder=str(folder), files=", ".join(tables.IN))
    return files


def _remove_old(folder: Path, lang: str) -> None:
    """Take away an earlier outcome: beside a refusal it would pass for this one's."""
    gone = 0
    for name, columns in tables.OUT.items():
        path, heading = folder / name, f"{','.join(columns)}\n".encode()
        try:
            with path.open("rb") as file:
                ours = file.read(len(heading)) == heading  # a file of somebody else stays
            if ours:
                path.unlink()
                gone += 1
        except OSError:
            continue  # not there, or not ours to remove
    if gone:
        said = texts.TEXTS["out_removed"][lang == "en"]
        house.say(said % {"folder": str(folder), "count": gone})


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write all tables or, where the folder refuses, say so."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_bytes(text.encode())
    except OSError as error:
        raise DomainError("not_written", file=str(folder), said=error.strerror or "") from None


@_told
def schema(_arguments: argparse.Namespace) -> int:
    """Print the JSON Schema of the language."""
    from leitai.rulebook.json_schema import text

    sys.stdout.write(text())
    return 0


@_told
def library(_arguments: argparse.Namespace) -> int:
    """Print the ids and titles of the library."""
    for name in loading.library():
        rules = loading.load(loading.packaged(name), name=f"{name}.yaml")
        sys.stdout.write(f"{name}\t{rules.title}\n")
    return 0
