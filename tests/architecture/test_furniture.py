"""Each room has the same furniture; others see only its public pieces."""

from __future__ import annotations

import ast
import re

from django.apps import apps
from django.template import engines

from leitai.base.errors import codes
from tests.architecture.source import FLOORS, PACKAGE, PURE, ROOMS, name, sources, tree

PUBLIC = {
    "acts",
    "deeds",
    "kinds",
    "services",
    "selectors",
    "rules",
    "enums",
    "errors",
    "events",
    "models",
    "numbers",
    "filling",
    "store",
}


def _room(file):
    return file.relative_to(PACKAGE).parts[0]


def test_no_float_in_kernel_and_rulebook():
    found = [
        f"{name(file)}:{node.lineno}"
        for file in sources()
        if _room(file) in {"kernel", "rulebook"}
        for node in ast.walk(tree(file))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "float"
        )
    ]
    assert found == []


def test_no_clock_and_no_chance_in_the_pure_floors():
    forbidden = re.compile(
        r"datetime\.now|time\.time\(|^import random|^from random|gettext", re.MULTILINE
    )
    found = [
        name(file)
        for file in sources()
        if _room(file) in PURE and forbidden.search(file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_room_uses_only_the_public_pieces_of_another():
    found = []
    for file in sources():
        here = _room(file)
        for node in ast.walk(tree(file)):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith(
                "leitai."
            ):
                continue
            parts = node.module.split(".")[1:]
            if parts[0] in ROOMS and here in ROOMS and parts[0] != here:
                pieces = {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
                if not pieces <= PUBLIC:
                    found.append(f"{name(file)}:{node.lineno} {node.module}")
    assert found == []


def test_models_of_other_rooms_are_used_in_models_and_selectors_only_downwards():
    order = {room: floor for floor, room in enumerate(FLOORS)}
    found = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model is not None
        and model._meta.app_label in order
        and field.related_model._meta.app_label in order
        and order[field.related_model._meta.app_label] > order[model._meta.app_label]
    ]
    assert found == []


def test_templates_reach_only_downwards():
    order = {room: floor for floor, room in enumerate(FLOORS)}
    found = []
    for file in PACKAGE.rglob("templates/**/*.html"):
        here = _room(file)
        text = file.read_text(encoding="utf-8")
        found += [
            f"{name(file)}: {other}"
            for other in re.findall(r'{%\s*(?:extends|include)\s+"(\w+)/', text)
            if order.get(other, 0) > order.get(here, 0)
        ]
        found += [
            f"{name(file)}: url {other}"
            for other in re.findall(r'{%\s*url(?:_or_nothing)?\s+"(\w+):', text)
            if here != "design" and other != "web" and order.get(other, 0) > order.get(here, 0)
        ]
    assert found == []


def test_every_template_compiles():
    engine = engines["django"]
    for file in PACKAGE.rglob("templates/**/*.html"):
        engine.from_string(file.read_text(encoding="utf-8"))


def test_views_do_not_touch_the_database():
    found = [
        name(file)
        for file in sources()
        if file.name == "views.py" and re.search(r"\.objects\b", file.read_text(encoding="utf-8"))
    ]
    assert found == []


def _raised():
    for file in sources():
        for node in ast.walk(tree(file)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"DomainError", "Problem"}
            ):
                position = 1 if node.func.id == "Problem" else 0
                arguments = [*node.args, *(k.value for k in node.keywords if k.arg == "code")]
                if len(arguments) > position and isinstance(arguments[position], ast.Constant):
                    yield _room(file), arguments[position].value, f"{name(file)}:{node.lineno}"


LANE_ANSWERS = {"lane"}  # speaks both languages itself: it knows no Django


def test_every_error_code_has_a_sentence():
    known = codes()
    missing = [
        f"{room} {code} {place}"
        for room, code, place in _raised()
        if room not in LANE_ANSWERS and code not in known
    ]
    assert missing == []


def test_no_template_gives_another_meaning_to_what_a_box_shows():
    """`{% translate … as words %}` over a view's own `words` fills the search box with a heading."""
    given = re.compile(r"\b(?:as|asvar) (\w+)")
    found = []
    for file in PACKAGE.glob("*/templates/**/*.html"):
        text = file.read_text(encoding="utf-8")
        named = {
            one
            for tag in re.findall(r"\{% (?:block)?translate .*?%\}", text)
            for one in given.findall(tag)
        }
        shown = set(re.findall(r'<input[^>]* value="\{\{ (\w+)[ |}]', text))
        found += [f"{name(file)}: {one}" for one in sorted(named & shown)]
    assert found == []
