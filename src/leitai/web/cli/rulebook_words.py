"""The words of `leitai rulebook`."""

from __future__ import annotations

import argparse


def add(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the group to the command line."""
    group = words.add_parser("rulebook", help="rules of contests as data")
    verbs = group.add_subparsers(required=True, metavar="VERB")
    check = _add(verbs, "check", "check", "every problem of rulebooks, with line and column")
    check.add_argument("files", nargs="+", metavar="FILE")
    check.add_argument("--json", action="store_true", help="one JSON object a problem")
    explain = _add(verbs, "explain", "explain", "a rulebook in plain words")
    explain.add_argument("file", metavar="FILE")
    explain.add_argument("--html", action="store_true", help="a page instead of text")
    diff = _add(verbs, "diff", "diff", "what changed from one rulebook to another")
    diff.add_argument("old", metavar="OLD")
    diff.add_argument("new", metavar="NEW")
    diff.add_argument("--json", action="store_true", help="one JSON object a change")
    when = _add(verbs, "when", "when", "a deadline")
    when.add_argument("file", metavar="FILE")
    when.add_argument("rule", metavar="RULE", help="such as publicity.selection or a window")
    when.add_argument("--from", dest="start", default="", metavar="INSTANT")
    simulate = _add(verbs, "simulate", "simulate", "a synthetic season through the engine")
    simulate.add_argument("file", metavar="FILE")
    simulate.add_argument("--entrants", type=int, default=200)
    simulate.add_argument("--seed", type=int, default=1)
    decide = _add(verbs, "decide", "decide", "decide a season from CSV files")
    decide.add_argument("file", metavar="FILE")
    decide.add_argument("--data", required=True, metavar="DIR")
    decide.add_argument("--out", required=True, metavar="DIR")
    decide.add_argument("--strict", action="store_true", help="wait for confirmations")
    _add(verbs, "schema", "schema", "the JSON Schema of the language")
    _add(verbs, "list", "library", "the rulebooks of the library")
    for verb in (check, explain, diff, when, simulate, decide):
        verb.add_argument("--lang", choices=("zh", "en"), default=None)


def _add(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: str, what: str
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=what)
    parser.set_defaults(run=f"rulebook:{run}")
    return parser
