"""The small changes of tools/mutate.py: every place of a module that may be changed, and how."""

import ast
import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
class Place:
    """A change that may be made: its lines, those of its statement, and the function around it."""

    line: int
    last: int
    statement: tuple[int, int]
    function: str
    change: str


@dataclass(frozen=True)
class Mutant:
    """One change of a file; ``changed`` makes it."""

    file: Path
    number: int
    place: Place

    @property
    def words(self) -> str:
        """Name it, for people and for a later run."""
        return f"{self.place.line}: {self.place.change}"

    def changed(self) -> ast.Module:
        """Give the whole module with the change made; every line keeps its number."""
        tree = ast.parse(self.file.read_text(encoding="utf-8"))
        Changer(self.number).visit(tree)
        return ast.fix_missing_locations(tree)


class Changer(ast.NodeTransformer):
    """Walks a module in one order; makes the change of a number, or lists them all."""

    def __init__(self, wanted: int = -1) -> None:
        self.found: list[Place] = []
        self._wanted = wanted
        self._inside: list[str] = []
        self._statement = (0, 0)

    def _may(self, node: ast.AST, new: ast.AST, words: str = "") -> ast.AST:
        """Note a change; make it if it is the one that is wanted."""
        words = words or f"{ast.unparse(node)}  ->  {ast.unparse(new)}"
        line = getattr(node, "lineno", 0)
        last = getattr(node, "end_lineno", 0)
        function = ".".join(self._inside[:2])
        self.found.append(Place(line, last, self._statement, function, words))
        return new if len(self.found) - 1 == self._wanted else node

    def visit_Module(self, node: ast.Module) -> ast.AST:
        """Look into functions only: what stands outside is names, types and data."""
        self._parts(node.body)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Look into methods."""
        self._parts([part for part in node.body if isinstance(part, ast.FunctionDef)])
        return node

    def _parts(self, body: list[Any]) -> None:
        for part in body:
            if isinstance(part, ast.FunctionDef | ast.ClassDef):
                self._inside.append(part.name)
                self._statement = (part.lineno, part.lineno)
                self.visit(part)
                self._inside.pop()

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
            inner = getattr(statement, "body", None)
            last = inner[0].lineno - 1 if inner else statement.end_lineno
            self._statement = (statement.lineno, max(statement.lineno, last or 0))
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


def mutants(file: Path) -> list[Mutant]:
    """Give every mutant of a file."""
    listing = Changer()
    listing.visit(ast.parse(file.read_text(encoding="utf-8")))
    return [Mutant(file, number, place) for number, place in enumerate(listing.found)]
