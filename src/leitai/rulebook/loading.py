"""From text to rules: read, check everything, and either give the rulebook or all its problems."""

import dataclasses
import importlib.resources
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problems
from leitai.rulebook import schema, source
from leitai.rulebook.completing import complete
from leitai.rulebook.extending import Resolve, extend
from leitai.rulebook.lints import CHECKS, Lint
from leitai.rulebook.model import Rulebook
from leitai.rulebook.order import stage_order
from leitai.rulebook.source import Source

_KEPT: Final = 8  # rules are frozen: one reading serves whoever has the same text at hand


def from_library(reference: str, _asking: str = "") -> tuple[str, str]:
    """Find what a rulebook extends in the library; raises DomainError("no_such_rulebook")."""
    return f"{reference}.yaml", packaged(reference)


def load(text: str, *, name: str = "rulebook.yaml", resolve: Resolve = from_library) -> Rulebook:
    """Read a rulebook's YAML; raises Problems with ``NAME:LINE:COLUMN: path`` as each place.

    ``resolve`` finds the text of a rulebook that this one extends; only the library's are found
    where none is given. ``canonical`` of the answer is the whole tree, whatever the text left out.
    """
    if resolve is from_library:  # it finds the same each time
        return _load_kept(text, name)
    return _load(text, name, resolve)


@lru_cache(maxsize=_KEPT)
def _load_kept(text: str, name: str) -> Rulebook:
    return _load(text, name, from_library)


def _load(text: str, name: str, resolve: Resolve) -> Rulebook:
    found = extend(source.from_yaml(text, name), resolve)
    if isinstance(found.plain, dict) and not ("extends" in found.plain and found.problems):
        found.plain = complete(found.plain, name)
    elif isinstance(found.plain, dict):
        raise Problems(found.sorted_problems())  # what it extends could not be read
    return _checked(found, text)


def from_canonical(data: bytes, *, name: str = "rulebook.json") -> Rulebook:
    """Read a rulebook's canonical form; the text is empty then, everything else the same."""
    return _checked(source.from_plain(canonical.decode(data), name), "")


def packaged(rulebook_id: str) -> str:
    """Give the text of a rulebook of the library; raises DomainError("no_such_rulebook")."""
    if schema.NAME.fullmatch(rulebook_id):
        file = importlib.resources.files("leitai.rulebook") / "library" / f"{rulebook_id}.yaml"
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise DomainError("no_such_rulebook", id=rulebook_id)


def library() -> tuple[str, ...]:
    """Name the rulebooks of the library, sorted."""
    folder = importlib.resources.files("leitai.rulebook") / "library"
    names = (file.name for file in folder.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def _checked(found: Source, text: str) -> Rulebook:
    if found.plain is None:
        raise Problems(found.sorted_problems())
    rules: Rulebook = schema.read(Rulebook, found.plain, found.report)
    if rules.id == rules.id.strip() != "" and not schema.NAME.fullmatch(rules.id):
        found.report(("id",), "bad_id", name=rules.id[:60])
    lint = Lint(rules, found)
    for check in CHECKS:
        check(lint)
        lint.finish()
    if found.problems:
        raise Problems(found.sorted_problems())
    order = stage_order(rules.stages)
    return dataclasses.replace(
        rules,
        text=text,
        canonical=canonical.encode(found.plain),
        stage_order=order,
        stages=MappingProxyType({name: rules.stages[name] for name in order}),
    )
