"""A rulebook under inspection, and the one way to report what is wrong with it."""

from collections import Counter
from collections.abc import Iterable

from leitai.rulebook.model import Rulebook
from leitai.rulebook.schema import Path
from leitai.rulebook.source import Source


class Lint:
    """A rulebook under inspection."""

    def __init__(self, rules: Rulebook, source: Source) -> None:
        self.rules = rules
        self.plain = source.plain
        self._source = source
        self._found: list[tuple[Path, str, dict[str, object]]] = []

    def report(self, path: Path, code: str, *, reads: Iterable[Path] = (), **data: object) -> None:
        """Note a problem at ``path`` that also rests on what stands at ``reads``."""
        if not any(self._source.spoilt(part) for part in (path, *reads)):
            self._found.append((path, code, data))

    def finish(self) -> None:
        """Hand what was found to the source: later checks leave these parts alone."""
        for path, code, data in self._found:
            self._source.report(path, code, **data)
        self._found.clear()

    @property
    def routes(self) -> list[Path]:
        """Name every place that says where somebody advances."""
        return [
            ("stages", name, "advance", index, "to")
            for name, stage in self.rules.stages.items()
            for index in range(len(stage.advance))
        ]

    def says(self, path: Path) -> bool:
        """Say whether the text itself has a key, rather than a default."""
        part = self.plain
        for name in path:
            if not isinstance(part, dict) or name not in part:
                return False
            part = part[name]
        return True

    def unique(self, path: Path, names: Iterable[str], key: str | None = None) -> None:
        """Report every name of a list that stood in it before."""
        counted: Counter[str] = Counter()
        for index, name in enumerate(names):
            counted[name] += 1
            if counted[name] > 1:
                where = (*path, index, key) if key else (*path, index)
                self.report(where, "duplicate", name=name)
