from __future__ import annotations

import ast

from tests.architecture.source import REPO, name, sources, tree

FILE_LINES = 450
FUNCTION_LINES = 60
VIEW_LINES = 15


def test_every_file_reads_in_one_sitting():
    files = [*sources(), *(REPO / "tests").rglob("*.py"), *(REPO / "frontend").rglob("*.ts")]
    long = {name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    limit = {key: 600 if key.startswith("tests/") else FILE_LINES for key in long}
    assert {key: lines for key, lines in long.items() if lines > limit[key]} == {}


def test_every_function_reads_in_one_look():
    assert list(_functions(sources(), FUNCTION_LINES)) == []


def test_every_view_asks_one_service_and_answers():
    views = [file for file in sources() if file.name == "views.py" or "views" in file.parts]
    assert list(_functions(views, VIEW_LINES)) == []


def _functions(files, limit):
    for file in files:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                start = node.body[0]
                if isinstance(start, ast.Expr) and isinstance(start.value, ast.Constant):
                    start = node.body[min(1, len(node.body) - 1)]
                lines = (node.end_lineno or 0) - start.lineno + 1
                if lines > limit:
                    yield f"{name(file)}:{node.lineno} {node.name} {lines}"
