"""Change the engine in small ways, one at a time, and see whether the tests notice.

    .venv/bin/python tools/mutate.py src/leitai/rulebook/ranking.py --tests tests/rulebook/engine

Every mutant is tried in a process of its own, forked from one that has the libraries loaded; the
file on disk is never touched. What survives is printed: add a test for it, or say why the change
changes nothing. Only the standard library and pytest; the tests run without the house (no Django,
no database), so this is for the pure floors.
"""

import argparse
import ast
import copy
import functools
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType

REPO = Path(__file__).resolve().parents[1]
FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
SWAPPED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any", "ceil": "int", "sorted": "list"}


@dataclass(frozen=True)
class Mutant:
    """One changed place: where it is, what was changed, and the whole module changed."""

    file: Path
    line: int
    change: str
    source: str


class Changer(ast.NodeTransformer):
    """Walks a module in one order; makes the change of a number, or lists them all."""

    def __init__(self, wanted: int = -1) -> None:
        self.found: list[tuple[int, str]] = []
        self._wanted = wanted

    def _may(self, node: ast.AST, new: ast.AST, words: str = "") -> ast.AST:
        """Note a change; make it if it is the one that is wanted."""
        words = words or f"{ast.unparse(node)}  ->  {ast.unparse(new)}"
        self.found.append((getattr(node, "lineno", 0), words))
        return new if len(self.found) - 1 == self._wanted else node

    def visit_Module(self, node: ast.Module) -> ast.AST:
        """Look into functions only: what stands outside is names, types and data."""
        for part in node.body:
            if isinstance(part, ast.FunctionDef | ast.ClassDef):
                self.visit(part)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Look into methods."""
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                self.visit(part)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Leave decorators, annotations and the docstring as they are."""
        node.args.defaults = [self.visit(one) for one in node.args.defaults]
        node.args.kw_defaults = [one and self.visit(one) for one in node.args.kw_defaults]
        node.body = self._statements(node.body)
        return node

    def _statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        changed: list[ast.stmt] = []
        for statement in body:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                changed.append(statement)
                continue
            new = statement
            if isinstance(statement, ast.Expr | ast.AugAssign | ast.Continue | ast.Break):
                gone = ast.copy_location(ast.Pass(), statement)
                new = self._may(statement, gone, f"without: {ast.unparse(statement)[:90]}")
            changed.append(self.visit(new) if new is statement else new)
        return changed

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """Look at the value only."""
        node.value = node.value and self.visit(node.value)
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        """Turn a bare condition round; others are changed where they compare."""
        node.test = self._test(node.test)
        node.body = self._statements(node.body)
        node.orelse = self._statements(node.orelse)
        return node

    def visit_For(self, node: ast.For) -> ast.AST:
        """Change the source and the body."""
        node.iter = self.visit(node.iter)
        node.body = self._statements(node.body)
        return node

    def visit_While(self, node: ast.While) -> ast.AST:
        """Change the condition and the body."""
        node.test = self.visit(node.test)
        node.body = self._statements(node.body)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """As ``if``."""
        node.test = self._test(node.test)
        node.body, node.orelse = self.visit(node.body), self.visit(node.orelse)
        return node

    def _test(self, test: ast.expr) -> ast.expr:
        if isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp):
            return self.visit(test)
        turned = ast.copy_location(ast.UnaryOp(ast.Not(), copy.deepcopy(test)), test)
        new = self._may(test, turned)
        return self.visit(test) if new is test else new

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        """Leave out a filter; otherwise change inside it."""
        node.iter = self.visit(node.iter)
        for at, test in enumerate(list(node.ifs)):
            gone = ast.copy_location(ast.Constant(value=True), test)
            node.ifs[at] = self._may(test, gone, f"without: if {ast.unparse(test)}")
            if node.ifs[at] is test:
                node.ifs[at] = self.visit(test)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """Move or turn each comparison."""
        for at, sign in enumerate(node.ops):
            new = copy.deepcopy(node)
            new.ops[at] = FLIPPED[type(sign)]()
            found = self._may(node, new)
            if found is not node:
                return found
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """Exchange ``and`` and ``or``."""
        new = copy.deepcopy(node)
        new.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        found = self._may(node, new)
        return found if found is not node else self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        """Take a ``not`` or a minus away."""
        if isinstance(node.op, ast.Not | ast.USub | ast.Invert):
            found = self._may(node, node.operand)
            if found is not node:
                return found
        return self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Exchange an operator."""
        if type(node.op) in SWAPPED:
            new = copy.deepcopy(node)
            new.op = SWAPPED[type(node.op)]()
            found = self._may(node, new)
            if found is not node:
                return found
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """Turn a flag round; make a number one greater."""
        if isinstance(node.value, bool):
            return self._may(node, ast.copy_location(ast.Constant(not node.value), node))
        if isinstance(node.value, int):
            return self._may(node, ast.copy_location(ast.Constant(node.value + 1), node))
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Call the other one of a pair."""
        if isinstance(node.func, ast.Name) and node.func.id in CALLED:
            new = copy.deepcopy(node)
            new.func = ast.Name(CALLED[node.func.id], ast.Load())
            if node.func.id == "sorted":
                new.keywords = []
            found = self._may(node, new)
            if found is not node:
                return found
        return self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        """Leave ``zip(…, strict=True)`` alone: it never says anything in a right program."""
        return node if node.arg == "strict" else self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        """Leave texts alone."""
        return node


def mutants(file: Path) -> Iterator[Mutant]:
    """Give every mutant of a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    listing = Changer()
    listing.visit(copy.deepcopy(tree))
    for number, (line, change) in enumerate(listing.found):
        changed = ast.fix_missing_locations(Changer(number).visit(copy.deepcopy(tree)))
        yield Mutant(file, line, change, ast.unparse(changed))


class _Loader(importlib.abc.InspectLoader):
    def __init__(self, source: str) -> None:
        self._source = source

    def get_source(self, fullname: str) -> str:  # noqa: ARG002  (one module has it)
        return self._source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._source, f"<mutant of {fullname}>", "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the mutant instead of the module."""

    def __init__(self, name: str, source: str) -> None:
        self._name, self._source = name, source

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_loader(fullname, _Loader(self._source))


def fork(mutant: Mutant, tests: Sequence[str], out: int, limit: int) -> int:
    """Start the tests with a mutant; gives the child's process id."""
    child = os.fork()
    if child:
        return child
    # CPU time, not the clock: on a busy machine a slow mutant is not a dead one.
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    os.dup2(out, 1)
    os.dup2(out, 2)
    name = ".".join(mutant.file.relative_to(REPO / "src").with_suffix("").parts)
    for one in importers(name):
        del sys.modules[one]
    sys.meta_path.insert(0, _Finder(name, mutant.source))
    os._exit(run(tests))


def importers(name: str) -> set[str]:
    """Name a module and everything loaded that rests on it; the rest need not be loaded again."""
    package = name.partition(".")[0]
    ours = [one for one in sys.modules if one.partition(".")[0] == package]
    rests = {one: set(_imports(sys.modules[one])) for one in ours}
    found, more = {name}, {name}
    while more:
        more = {one for one in ours if rests[one] & more} - found
        found |= more
    return found & set(ours)


@functools.cache
def _imports(module: ModuleType) -> tuple[str, ...]:
    file = Path(module.__file__ or os.devnull)
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    whole = [one.name for node in nodes if isinstance(node, ast.Import) for one in node.names]
    parts = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    named = [f"{node.module}.{one.name}" for node in parts for one in node.names]
    return (*whole, *(str(node.module) for node in parts), *named)


def run(tests: Sequence[str]) -> int:
    """Run the tests until the first failure; gives pytest's exit code."""
    import pytest  # noqa: PLC0415  (loaded by the parent)

    options = ["-x", "-q", "--noconftest", "-c", os.devnull, "--rootdir", str(REPO)]
    options += ["-p", "no:cacheprovider", "-p", "no:django", "-p", "no:randomly"]
    return int(pytest.main([*options, *tests]))


def prepare(examples: int) -> None:
    """Load the libraries once; Hypothesis neither shrinks nor remembers here."""
    import hypothesis  # noqa: PLC0415
    import numpy as np  # noqa: F401, PLC0415
    import pytest  # noqa: F401, PLC0415

    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile(
        "mutate", deadline=None, derandomize=True, database=None, phases=phases,
        report_multiple_bugs=False, suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    hypothesis.settings.load_profile("mutate")
    os.environ["LEITAI_EXAMPLES"] = str(examples)
    sys.path[:0] = [str(REPO / "src"), str(REPO)]
    os.chdir(REPO)
    importlib.import_module("leitai.rulebook")
    importers("leitai.rulebook")


def survivors(found: Sequence[Mutant], tests: Sequence[str], jobs: int, limit: int) -> list[Mutant]:
    """Try all mutants, ``jobs`` at a time; what needs over ``limit`` CPU seconds is killed."""
    left, running, alive, slow = list(found), dict[int, Mutant](), list[Mutant](), 0
    with Path(os.devnull).open("wb") as nothing:
        while left or running:
            while left and len(running) < jobs:
                mutant = left.pop(0)
                running[fork(mutant, tests, nothing.fileno(), limit)] = mutant
            child, status = os.wait()
            mutant = running.pop(child)
            slow += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
            if status == 0:
                alive.append(mutant)
                where = mutant.file.relative_to(REPO)
                print(f"{where}:{mutant.line}: {mutant.change}", flush=True)
    killed = len(found) - len(alive)
    print(f"{len(found)} mutants, {killed} killed ({slow} by time), {len(alive)} survived")
    return alive


def main() -> int:
    """Read the command line; exit 1 when something survived."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, help="what to change")
    parser.add_argument("--tests", nargs="+", required=True, help="what must notice")
    parser.add_argument("--examples", type=int, default=40, help="for each property")
    parser.add_argument("--timeout", type=int, default=60, help="CPU seconds a mutant")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--lines", help="only mutants of these lines, as 10-20")
    parser.add_argument("--again", type=Path, help="only those that an earlier run's output names")
    asked = parser.parse_args()
    before = asked.again.read_text(encoding="utf-8").splitlines() if asked.again else []
    named = {(line.partition(":")[0], line.partition(": ")[2]) for line in before}
    prepare(asked.examples)
    child = os.fork()
    if not child:
        os._exit(run(asked.tests))
    if os.waitpid(child, 0)[1]:
        print("the tests fail without any change")
        return 2
    low, _, high = (asked.lines or "0-1000000").partition("-")
    found = [
        one
        for file in asked.files
        for one in mutants(file.resolve())
        if int(low) <= one.line <= int(high or low)
        if not named or (str(one.file.relative_to(REPO)), one.change) in named
    ]
    return 1 if survivors(found, asked.tests, asked.jobs, asked.timeout) else 0


if __name__ == "__main__":
    sys.exit(main())
