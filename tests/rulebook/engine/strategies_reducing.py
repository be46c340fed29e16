"""Find a small season on which the engine and the oracle differ.

    .venv/bin/python -m tests.rulebook.engine.strategies_reducing 0 1000

tries the seasons of these seeds; of the first that differs it takes away whatever can be taken
away. It knows what a rulebook is, so it comes to smaller ones than Hypothesis, and in seconds.
"""

# ruff: noqa: T201  (it is a command)
import copy
import json
import sys
import traceback
from random import Random

from leitai.kernel.errors import DomainError, Problems
from tests.rulebook.engine.strategies import found_in, settled
from tests.rulebook.engine.test_oracle import played

KEPT = {"rulebook", "id", "title", "events", "beyond", "awards"}  # awards: their list, not each


def failure(law, rules, people, strict):
    """Say what goes wrong in a season: the place in the tests, or the error; None if nothing."""
    try:
        played(law, rules, people, strict, Random(1))
    except (AssertionError, ArithmeticError, LookupError, ValueError, DomainError) as error:
        frames = traceback.extract_tb(error.__traceback__)
        tests = [one.lineno for one in frames if one.filename.endswith("test_oracle.py")]
        return type(error).__name__, tests[-1]
    return None


def paths(part, at=()):
    """Name every place of a tree that could be left out."""
    keys = list(part) if isinstance(part, dict) else []
    keys = list(reversed(range(len(part)))) if isinstance(part, list) else keys
    for key in keys:
        yield (*at, key)
        yield from paths(part[key], (*at, key))


def without(tree, path):
    """Give a copy of a tree without one place; None where it is gone already."""
    tree = copy.deepcopy(tree)
    part = tree
    try:
        for key in path[:-1]:
            part = part[key]
        del part[path[-1]]
    except (KeyError, IndexError, TypeError):
        return None
    return tree


def reduced(law, people, strict, wanted):
    """Take away what can be taken away while the same thing goes wrong."""

    def fails(some_law, some_people):
        try:
            some_law, rules = settled(copy.deepcopy({"awards": [], **some_law}))
        except (Problems, LookupError, TypeError):
            return False
        return failure(some_law, rules, some_people, strict) == wanted

    again = True
    while again:
        again = False
        for at in reversed(range(len(people[0]))):
            fewer = (people[0][:at] + people[0][at + 1 :], *people[1:])
            if fails(law, fewer):
                people, again = fewer, True
        for path in list(paths(people[2])):
            facts = without(people[2], path)
            if facts is not None and fails(law, (*people[:2], facts)):
                people, again = (*people[:2], facts), True
        for path in list(paths(law)):
            less = without(law, path) if path[0] not in KEPT or len(path) > 1 else None
            if less is not None and path[0] not in KEPT - {"awards"} and fails(less, people):
                law, again = less, True
    return law, people


def show(law, people, strict):
    """Print a season so that it can be worked out by hand."""
    shown = {key: part for key, part in law.items() if key not in KEPT - {"awards"}}
    print(json.dumps(shown, ensure_ascii=False, indent=1))
    entries, scores, facts = people
    names = {one[2] for one in entries} | {one[3] for one in entries}
    print(*entries, sep="\n")
    for at, rows in scores.items():
        some = {name: rows[name] for name in rows if name in names}
        used = law["stages"].get(at[0], {})
        if some and (at[2] in used.get("events", []) or "plus" in used.get("team", {})):
            print(
                at,
                {name: (status, str(value), keys) for name, (status, value, keys) in some.items()},
            )
    print(facts, "strict" if strict else "")


def main():
    """Try the seeds of the command line."""
    for seed in range(int(sys.argv[1]), int(sys.argv[2])):
        law, rules, people, strict = found_in(Random(seed))
        wrong = failure(law, rules, people, strict)
        if wrong is not None:
            print(f"seed {seed}: {wrong}")
            show(*reduced(law, people, strict, wrong), strict)
            return 1
    print("no difference")
    return 0


if __name__ == "__main__":
    sys.exit(main())
