"""PDF by typst: a packaged template, and data that never becomes markup."""

import json
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import typst

from leitai.documents import scratch
from leitai.documents.fonts import FontMap, MissingGlyph
from leitai.kernel.errors import DomainError

TEMPLATES: Final = Path(__file__).parent / "templates"


class Compiler:
    """One typst compiler, kept: the fonts are read once. Safe to share between threads."""

    def __init__(self, *, fonts: Path | None = None) -> None:
        """``fonts`` is a folder of further font files, for characters the package lacks."""
        self._fonts = FontMap(fonts)
        self._lock = threading.Lock()
        self._typst = typst.Compiler(
            root=str(TEMPLATES), font_paths=self._fonts.folders, ignore_system_fonts=True
        )

    def missing_glyphs(self, texts: Iterable[str]) -> tuple[MissingGlyph, ...]:
        """List the characters of ``texts`` that would print as an empty box."""
        return self._fonts.missing_glyphs(texts)

    def compile(
        self,
        template: str,
        data: Mapping[str, object],
        pictures: Mapping[str, bytes] | None = None,
    ) -> bytes:
        """Set ``templates/<template>.typ``, which reads ``data`` as JSON from ``sys.inputs.data``.

        ``pictures`` stand beside it under their names, for a template that imports no other.

        The same data gives the same bytes. Raises DomainError("template_unknown") and
        DomainError("document_failed", template, detail); a warning is a failure too, because it
        means that something would print otherwise than it was meant.
        """
        path = TEMPLATES / f"{template}.typ"
        if not path.is_file() or path.parent != TEMPLATES:
            raise DomainError("template_unknown", template=template)
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        try:
            with self._lock, _beside(path, pictures or {}) as (source, root):
                made, warnings = self._typst.compile_with_warnings(
                    str(source), format="pdf", sys_inputs=inputs, timestamp=0, root=str(root)
                )
        except typst.TypstError as error:
            raise DomainError("document_failed", template=template, detail=str(error)) from None
        if warnings or not isinstance(made, bytes):
            detail = "; ".join(str(warning) for warning in warnings)
            raise DomainError("document_failed", template=template, detail=detail)
        return made


@contextmanager
def _beside(path: Path, pictures: Mapping[str, bytes]) -> Iterator[tuple[Path, Path]]:
    """Give the template and its root; with pictures a copy in a folder of its own for a moment."""
    if not pictures:
        yield path, TEMPLATES
        return
    with scratch.folder() as root:
        for name, data in pictures.items():
            (root / name).write_bytes(data)
        yield Path(shutil.copy(path, root)), root
