"""Change the engine in small ways, one at a time, and see whether the tests notice.

    .venv/bin/python tools/mutate.py src/leitai/rulebook/ranking.py --tests tests/rulebook/engine

The tests are collected once and run once while the lines that each of them reaches are written
down. Every mutant is then a fork of that process in which the code of one function is exchanged;
the file on disk is never touched. It meets only tests that come to its lines: first those that
killed its neighbours, then the fastest. What survives is printed: add a test for it, or say why the
change changes nothing. Only the standard library and pytest; the tests run without the house (no
Django, no database), so this is for the pure floors.
"""

import argparse
import ast
import functools
import gc
import importlib
import mmap
import os
import pickle
import resource
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

from mutants import Mutant, mutants

REPO = Path(__file__).resolve().parents[1]
MORE_MEMORY = 1 << 30
NONE, FAILED = 0, 1
Hits = dict[str, set[int]]


@dataclass
class Known:
    """What a run without changes has shown of each test: the lines that it reaches, its seconds."""

    lines: list[Hits]
    seconds: list[float]

    def reaching(self, mutant: Mutant) -> list[int]:
        """Name the tests that come to a mutant's lines, or at least to its statement."""
        place, file = mutant.place, str(mutant.file)
        for low, high in ((place.line, place.last), place.statement):
            span = set(range(low, high + 1))
            found = [at for at, hits in enumerate(self.lines) if hits.get(file, set()) & span]
            if found:
                return found
        return []


@dataclass
class Tally:
    """Who killed how many, in a function and in all."""

    near: dict[tuple[Path, str], Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    far: Counter[int] = field(default_factory=Counter)

    def order(self, mutant: Mutant, known: Known, budget: float) -> list[int]:
        """Order the tests that may notice; leave out the slow ones beyond a number of seconds."""
        near = self.near[mutant.file, mutant.place.function]
        ranked = sorted(
            known.reaching(mutant),
            key=lambda at: (-near[at], known.seconds[at] - 0.01 * self.far[at], at),
        )
        chosen, spent = [], 0.0
        for at in ranked:
            spent += known.seconds[at]
            if spent <= budget or not chosen:
                chosen.append(at)
        return chosen

    def note(self, mutant: Mutant, test: int) -> None:
        """Remember who killed a mutant."""
        self.near[mutant.file, mutant.place.function][test] += 1
        self.far[test] += 1


class Watcher:
    """Sees the tests' results; the number of the running test stands where the parent reads it."""

    def __init__(self) -> None:
        self.failed = False
        self.cell = mmap.mmap(-1, 4)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note a failure, in the test or around it."""
        self.failed |= report.failed

    def point(self, test: int) -> None:
        """Say which test runs now."""
        self.cell[:4] = test.to_bytes(4, "little")

    def pointed(self) -> int:
        """Give the test that ran last."""
        return int.from_bytes(self.cell[:4], "little")


class Hunt:
    """A plugin of pytest: instead of running the collected tests it tries the mutants."""

    def __init__(self, found: Sequence[Mutant], budget: float, *, every: bool) -> None:
        self.found = found
        self.budget = budget
        self.every = every
        self.alive: list[tuple[Mutant, int, int]] = []
        self.slow = 0
        self.broken: list[str] = []
        self._watcher = Watcher()

    def pytest_runtestloop(self, session: Any) -> bool:
        """Take the place of pytest's own loop."""
        session.config.pluginmanager.register(self._watcher)
        files = {str(one.file) for one in self.found}
        live = _functions(files)
        caches = _caches()
        gc.collect()
        gc.freeze()
        known = self._known(session.items, files, caches)
        if not self.broken:
            self._try_all(session.items, known, live, caches)
        return True

    def _known(self, items: list[Any], files: set[str], caches: list[Any]) -> Known:
        with tempfile.TemporaryFile() as file:
            child = os.fork()
            if not child:
                _silent()
                pickle.dump(self._watch(items, files, caches), file)
                file.flush()
                os._exit(NONE)
            if os.waitpid(child, 0)[1]:
                self.broken = ["the tests end the process without any change"]
                return Known([], [])
            file.seek(0)
            known, self.broken = pickle.load(file)  # noqa: S301  (written by our own child)
            return known

    def _watch(
        self, items: list[Any], files: set[str], caches: list[Any]
    ) -> tuple[Known, list[str]]:
        known, failed = Known([], []), []
        for at, item in enumerate(items):
            _clear(caches)
            hits: Hits = defaultdict(set)
            began = time.process_time()
            sys.settrace(_tracer(files, hits))
            _run(items, [*range(at, at + 2)][: len(items) - at], at)
            sys.settrace(None)
            known.seconds.append(time.process_time() - began)
            known.lines.append(dict(hits))
            if self._watcher.failed:
                failed.append(f"fails without any change: {item.nodeid}")
                self._watcher.failed = False
        return known, failed

    def _try_all(
        self, items: list[Any], known: Known, live: dict[str, Any], caches: list[Any]
    ) -> None:
        tally = Tally()
        budget = 1e9 if self.every else self.budget
        for mutant in self.found:
            reaching = known.reaching(mutant)
            chosen = tally.order(mutant, known, budget)
            status = NONE
            if chosen:
                child = os.fork()
                if not child:
                    self._meet(mutant, items, chosen, known, live, caches)
                status = os.waitpid(child, 0)[1]
            self.slow += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGVTALRM
            if status:
                tally.note(mutant, self._watcher.pointed())
                continue
            self.alive.append((mutant, len(chosen), len(reaching)))
            where = mutant.file.relative_to(REPO)
            print(f"{where}:{mutant.words}  # {len(chosen)} of {len(reaching)} tests", flush=True)

    def _meet(
        self,
        mutant: Mutant,
        items: list[Any],
        chosen: list[int],
        known: Known,
        live: dict[str, Any],
        caches: list[Any],
    ) -> None:
        """Run the chosen tests with a mutant until one fails; never returns."""
        code = FAILED
        try:
            _silent()
            used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            most = used * mmap.PAGESIZE + MORE_MEMORY
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            _exchange(mutant, live[str(mutant.file)])
            _clear(caches)
            for place, at in enumerate(chosen):
                self._watcher.point(at)
                # Time of our own, not the clock: on a busy machine slow is not dead.
                signal.setitimer(signal.ITIMER_VIRTUAL, 3 + 5 * known.seconds[at])
                _run(items, chosen[place : place + 2], at)
                if self._watcher.failed:
                    break
            else:
                code = NONE
        finally:
            os._exit(code)


def _run(items: list[Any], following: Sequence[int], at: int) -> None:
    """Run a test as pytest does; fixtures that the next one shares stay up."""
    after = items[following[1]] if len(following) > 1 else None
    items[at].config.hook.pytest_runtest_protocol(item=items[at], nextitem=after)


def _silent() -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def _tracer(files: set[str], hits: Hits) -> Any:
    def line(frame: FrameType, _event: str, _what: object) -> Any:
        hits[frame.f_code.co_filename].add(frame.f_lineno)
        return line

    def call(frame: FrameType, _event: str, _what: object) -> Any:
        return line(frame, "", None) if frame.f_code.co_filename in files else None

    return call


def _functions(files: set[str]) -> dict[str, list[FunctionType]]:
    """Give every function of these files that is alive, methods and wrapped ones too."""
    found: dict[str, list[FunctionType]] = {file: [] for file in files}
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename in found:
            found[one.__code__.co_filename].append(one)
    return found


def _caches() -> list[Any]:
    kind = type(functools.cache(_silent))
    return [one for one in gc.get_objects() if isinstance(one, kind) and _ours(one.__module__)]


def _ours(module: str | None) -> bool:
    return (module or "").partition(".")[0] in {"leitai", "tests"}


def _clear(caches: list[Any]) -> None:
    for one in caches:
        one.cache_clear()


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


def _exchange(mutant: Mutant, live: list[FunctionType]) -> None:
    """Give the functions that are alive the mutant's code and defaults, in place."""
    tree = mutant.changed()
    new = {
        (one.co_qualname, one.co_firstlineno): one
        for one in _codes(compile(tree, str(mutant.file), "exec", dont_inherit=True))
    }
    around = mutant.place.function
    changed = 0
    for one in live:
        name = one.__code__.co_qualname
        if name == around or name.startswith(f"{around}.<locals>."):
            one.__code__ = new[name, one.__code__.co_firstlineno]
            changed += 1
        if name == around:
            _defaults(one, tree)
    if not changed:
        raise LookupError(mutant.words)


def _defaults(one: FunctionType, tree: ast.Module) -> None:
    """Work out a function's defaults again, as the mutant has them, in the module's own names."""
    body: list[ast.stmt] = tree.body
    node: Any = None
    for name in one.__code__.co_qualname.split("."):
        parts = [part for part in body if isinstance(part, ast.FunctionDef | ast.ClassDef)]
        node = next(part for part in parts if part.name == name)
        body = node.body

    def work_out(value: ast.expr) -> Any:
        code = compile(ast.Expression(value), one.__code__.co_filename, "eval")
        return eval(code, one.__globals__)  # noqa: S307  (the module's own text)

    if node.args.defaults:
        one.__defaults__ = tuple(work_out(value) for value in node.args.defaults)
    given = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    worked = {name.arg: work_out(value) for name, value in given if value is not None}
    one.__kwdefaults__ = worked or None


def prepare(examples: int) -> None:
    """Load the libraries once; Hypothesis neither shrinks nor remembers here."""
    import hypothesis  # noqa: PLC0415
    import numpy as np  # noqa: F401, PLC0415

    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile(
        "mutate", deadline=None, derandomize=True, database=None, phases=phases,
        max_examples=examples, report_multiple_bugs=False,
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    hypothesis.settings.load_profile("mutate")
    os.environ["LEITAI_EXAMPLES"] = str(examples)
    sys.path[:0] = [str(REPO / "src"), str(REPO)]
    os.chdir(REPO)


def load(files: Sequence[Path]) -> list[ModuleType]:
    """Load what is to be changed, so that its functions are there to be changed."""
    inside = [file.resolve().relative_to(REPO / "src").with_suffix("") for file in files]
    return [importlib.import_module(".".join(one.parts)) for one in inside]


def run(hunt: Hunt, tests: Sequence[str]) -> int:
    """Collect the tests and hunt with them; gives pytest's exit code."""
    import pytest  # noqa: PLC0415

    options = ["-q", "-s", "--tb=no", "--assert=plain", "--noconftest"]
    options += ["-c", os.devnull, "--rootdir", str(REPO), "-p", "no:cacheprovider"]
    options += ["-p", "no:django", "-p", "no:randomly", "-p", "no:xdist"]
    return int(pytest.main([*options, *tests], plugins=[hunt]))


def report(hunt: Hunt) -> None:
    """Print how many of each file were killed."""
    alive = Counter(mutant.file for mutant, _, _ in hunt.alive)
    unmet = sum(not reaching for _, _, reaching in hunt.alive)
    for file, count in Counter(one.file for one in hunt.found).items():
        print(f"{file.relative_to(REPO)}: {count} mutants, {alive[file]} survived")
    killed = len(hunt.found) - len(hunt.alive)
    print(
        f"{len(hunt.found)} mutants, {killed} killed ({hunt.slow} by time), "
        f"{len(hunt.alive)} survived ({unmet} where no test comes)"
    )


def main() -> int:
    """Read the command line; exit 1 when something survived."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, help="what to change")
    parser.add_argument("--tests", nargs="+", required=True, help="what must notice")
    parser.add_argument("--examples", type=int, default=40, help="for each property")
    parser.add_argument("--budget", type=float, default=5, help="seconds of tests a mutant")
    parser.add_argument("--every", action="store_true", help="all tests that reach it, no budget")
    parser.add_argument("--lines", help="only mutants of these lines, as 10-20")
    parser.add_argument("--again", type=Path, help="only those that an earlier run's output names")
    asked = parser.parse_args()
    before = asked.again.read_text(encoding="utf-8").splitlines() if asked.again else []
    named = {line.partition("  # ")[0] for line in before}
    prepare(asked.examples)
    load(asked.files)
    low, _, high = (asked.lines or "0-1000000").partition("-")
    found = [
        one
        for file in asked.files
        for one in mutants(file.resolve())
        if int(low) <= one.place.line <= int(high or low)
        if asked.again is None or f"{one.file.relative_to(REPO)}:{one.words}" in named
    ]
    hunt = Hunt(found, asked.budget, every=asked.every)
    code = run(hunt, asked.tests)
    if hunt.broken or code not in {0, 5}:
        print("\n".join(hunt.broken) or "the tests cannot be collected")
        return 2
    report(hunt)
    return 1 if hunt.alive else 0


if __name__ == "__main__":
    sys.exit(main())
