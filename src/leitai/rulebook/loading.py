"""From text to rules: read, check everything, and either give the rulebook or all its problems."""

import dataclasses
import importlib.resources
from types import MappingProxyType

from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problems
from leitai.rulebook import schema, source
from leitai.rulebook.lint import Lint, check_events, check_names
from leitai.rulebook.lint_stages import check_stages
from leitai.rulebook.lint_sums import check_sums
from leitai.rulebook.model import Rulebook
from leitai.rulebook.order import stage_order
from leitai.rulebook.source import Source


def load(text: str, *, name: str = "rulebook.yaml") -> Rulebook:
    """Read a rulebook's YAML; raises Problems with ``NAME:LINE:COLUMN: path`` as each place."""
    return _checked(source.from_yaml(text, name), text)


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


def _checked(found: Source, text: str) -> Rulebook:
    if found.plain is None:
        raise Problems(found.sorted_problems())
    rules: Rulebook = schema.read(Rulebook, found.plain, found.report)
    lint = Lint(rules, found)
    for check in (check_events, check_names, check_stages, check_sums):
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
