"""The words of `leitai`, and which file does the work of each."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from leitai.kernel.errors import DomainError
from leitai.keyring import PURPOSES
from leitai.web.cli import rulebook_words


def main(argv: list[str] | None = None) -> int:
    """Run one command; a refusal is printed as a sentence and exits with 2."""
    arguments = _parser().parse_args(argv)
    module, _, function = arguments.run.partition(":")
    try:
        return int(getattr(import_module(f"leitai.web.cli.{module}"), function)(arguments) or 0)
    except DomainError as error:
        sys.stderr.write(_sentence(error) + "\n")
        return 2
    except FileNotFoundError as error:
        if str(error.filename) not in vars(arguments).values():
            raise  # not the user's file: a fault of ours
        sys.stderr.write(_sentence(DomainError("file_missing", file=error.filename)) + "\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _sentence(error: DomainError) -> str:
    try:
        import django  # the refusal may have come before Django was needed

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitai.web.settings")
        django.setup()
        from django.utils import translation  # after django.setup()

        from leitai.base.errors import text_of  # after django.setup()
        from leitai.web.cli.house import language  # as the two above

        with translation.override("en" if language() == "en" else "zh-hans"):
            return text_of(error)
    except Exception:  # noqa: BLE001  # an untranslated refusal is better than a traceback
        return str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="leitai", description="擂台 Leitai")
    words = parser.add_subparsers(required=True, metavar="COMMAND")
    _running(words)
    _data(words)
    _appointing(words)
    _checking(words)
    rulebook_words.add(words)
    return parser


def _running(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _add(words, "serve", "serve:serve", "all processes and the database on this machine")
    _add(words, "web", "serve:web", "the web process alone")
    _add(words, "lane", "serve:lane", "the exam's hot process alone")
    _add(words, "stage", "serve:stage", "the live matches' hot process alone")
    _add(words, "watch", "serve:watch", "the spectators' process alone")
    _add(words, "worker", "serve:worker", "the job worker alone")
    _add(words, "migrate", "serve:migrate", "bring the database to this version")
    _add(words, "stop", "serve:stop", "stop the embedded database")
    password = _add(words, "password", "password:give", "a new password for an account, typed in")
    password.add_argument("username")
    demo = _add(words, "demo", "demo:demo", "load the demonstration; --check runs a whole season")
    demo.add_argument("--check", action="store_true", help="run a season in its own database")
    demo.add_argument("--serve", action="store_true", help="serve after loading")
    demo.add_argument("--seed", type=int, default=2022)
    demo.add_argument("--json", action="store_true", help="one JSON object as stdout's last line")
    demo.add_argument("--units", metavar="FILE", help="organisation tree instead of the package's")
    demo.add_argument("--bank", metavar="FILE", help="question bank instead of the package's")
    demo.add_argument("--keep", action="store_true", help="keep the check's database and folder")


def _data(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    for room, what in (("units", "places and bodies"), ("facts", "titles, points, past contests")):
        verbs = words.add_parser(room, help=what).add_subparsers(required=True)
        command = _add(verbs, "import", f"data:import_{room}", f"import {what} from CSV")
        command.add_argument("file")
        command.add_argument("--dry-run", action="store_true")
    verbs = words.add_parser("bank", help="question banks").add_subparsers(required=True)
    bank = _add(verbs, "import", "data:import_bank", "import questions from xlsx or CSV")
    bank.add_argument("file")
    bank.add_argument("--bank", default="", help="bank's code; default: the file's name")
    bank.add_argument("--title", default="")
    bank.add_argument("--dry-run", action="store_true")
    bank.add_argument("--practice", action="store_true", help="a practice bank, kept in plain text")
    verbs = words.add_parser("people", help="people of rosters").add_subparsers(required=True)
    people = _add(verbs, "import", "people:import_people", "import people from xlsx or CSV")
    people.add_argument("file")
    people.add_argument("--dry-run", action="store_true")
    forget = _add(verbs, "forget", "people:forget", "erase ID and bank data no longer kept")
    forget.add_argument("--dry-run", action="store_true")
    _keys(words)


def _keys(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verbs = words.add_parser("keys", help="this installation's keys").add_subparsers(required=True)
    _add(verbs, "init", "keys:init", "make the keys that are missing")
    change = _add(verbs, "rotate", "keys:rotate", "a new key; what is stored is brought over to it")
    change.add_argument("purpose", choices=PURPOSES)
    change.add_argument("--resume", action="store_true", help="go on after an interruption")
    prune = _add(verbs, "prune", "keys:prune", "take away old keys that nothing uses")
    prune.add_argument("purpose", choices=PURPOSES)
    status = _add(verbs, "status", "keys:status", "keys, their age, and what stands under each")
    status.add_argument("--json", action="store_true")


def _appointing(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _add(words, "appoint", "appoint:appoint", "give a role before anybody may")
    command.add_argument("name", help="login name, or the code of a person")
    command.add_argument("role")
    command.add_argument("unit", help="code of the unit whose subtree it is over")
    command.add_argument("--season", default="", help="code of a season; default: all")
    command.add_argument("--new", metavar="DISPLAY-NAME", default="", help="make the account")


def _checking(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verify = _add(words, "verify", "verify:verify", "recompute a results bundle")
    verify.add_argument("bundle")
    verify.add_argument("--key", default="", help="a file with the public key, or its fingerprint")
    verbs = words.add_parser("practice", help="what learners did").add_subparsers(required=True)
    rebuild = _add(verbs, "rebuild", "practice:rebuild", "once more from journal and acts")
    rebuild.add_argument("--season", required=True, help="the season's code")
    verbs = words.add_parser("ledger", help="the record of acts").add_subparsers(required=True)
    ledger = _add(verbs, "verify", "ledger:verify", "walk every chain, against its checkpoints")
    ledger.add_argument("--chain", default="", help="only this one")
    ledger.add_argument("--checkpoints", metavar="FILE", default="", help="kept elsewhere")
    ledger.add_argument("--json", action="store_true", help="one JSON object a chain")
    verbs = words.add_parser("certificates", help="certificates").add_subparsers(required=True)
    page = _add(verbs, "export", "certificates:export", "the page that checks codes offline")
    page.add_argument("dir")
    verbs = words.add_parser("draw", help="draws").add_subparsers(required=True)
    _add(verbs, "verify", "draw:verify", "check a draw's record").add_argument("file")
    for verb, what in (("backup", "database and files into DIR"), ("restore", "them from DIR")):
        _add(words, verb, f"backup:{verb}", what).add_argument("dir")
    verbs = words.add_parser("bench", help="benchmarks").add_subparsers(required=True)
    hall = _add(verbs, "hall", "bench:hall", "durable saves of one lane process")
    hall.add_argument("--connections", type=int, default=512)
    hall.add_argument("--seconds", type=int, default=10)
    hall.add_argument("--rows", default="", help="only these rows, comma-separated")
    files = _add(verbs, "files", "bench_files:files", "a large upload through the web process")
    files.add_argument("--megabytes", type=int, default=2048)
    crowd = _add(verbs, "people", "bench_people:people", "lists and searches of people")
    crowd.add_argument("--people", type=int, default=200_000)
    crowd.add_argument("--units", type=int, default=40_000)
    crowd.add_argument("--rounds", type=int, default=20)
    crowd.add_argument("--import", dest="taking", action="store_true", help="a file, by the worker")
    crowd.add_argument("--tree", metavar="FILE", help="organisation tree for --import")
    units = _add(verbs, "units", "bench_units:units", "pages of a tree of a province's size")
    units.add_argument("--units", type=int, default=40_000)
    units.add_argument("--rounds", type=int, default=20)
    rank = _add(verbs, "rank", "bench_rank:run", "the engine against polars")
    rank.add_argument("--entrants", type=int, default=1_000_000)
    rank.add_argument("--teams", type=int, default=2_000)
    papers = _add(verbs, "certificates", "bench_certificates:run", "certificates set on paper")
    papers.add_argument("--count", type=int, default=1_000)
    _sets(verbs)
    live = _add(verbs, "live", "bench_live:live", "presses, spectators and a kill of a live match")
    live.add_argument("--presses", type=int, default=300, help="for each crowd")
    live.add_argument("--rows", default="seats,spectators,restart")
    live.add_argument("--spectators", default="1000,5000", help="crowds, comma-separated")
    live.add_argument("--kills", type=int, default=5)
    people = _add(verbs, "signin", "bench:signin", "people signing in at the web process")
    people.add_argument("--people", type=int, default=20_000)
    people.add_argument("--seconds", type=int, default=60)
    people.add_argument("--threads", type=int, default=8)


def _sets(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    sets = _add(verbs, "practice", "bench_practice:practice", "sets, pages and sums of practice")
    sets.add_argument("--learners", type=int, default=1_000_000)
    sets.add_argument("--answers", type=int, default=50_000_000)
    sets.add_argument("--seconds", type=int, default=10)
    sets.add_argument("--connections", type=int, default=512)
    sets.add_argument("--clients", type=int, default=1, help="client processes of the row taken")
    sets.add_argument("--tree", metavar="FILE", help="organisation tree in place of the package's")
    sets.add_argument("--rows", default="", help="only these: taken,plant,rebuild,fold,today,...")
    sets.add_argument("--house", metavar="FOLDER", help="a house that is kept, to measure again")


def _add(
    words: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: str, what: str
) -> argparse.ArgumentParser:
    parser = words.add_parser(name, help=what)
    parser.set_defaults(run=run)
    return parser
