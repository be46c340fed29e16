"""Certificates and plaques by typst: a packaged design, texts as data, each sheet a page.

The data stands in the main text as one string literal and is read there as JSON, so it never
becomes markup; handed over through ``sys.inputs`` it would make typst forget everything between
two sheets (8 ms a sheet instead of 4).
"""

import hashlib
import json
import os
import re
import tempfile
import threading
import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, rmtree
from typing import Final, Literal, cast

import typst

from leitai.documents.fonts import FontMap, MissingGlyph
from leitai.documents.pdf import TEMPLATES
from leitai.kernel.errors import DomainError

DESIGNS: Final = ("classic", "folio", "plaque", "overprint")
PICTURES: Final = frozenset({"png", "jpg"})
_FOLDER: Final = "certificates"
_SHARED: Final = ("season", "heading", "signers", "date")
_NAME: Final = re.compile(r"[0-9a-f]{8,64}")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED: Final = re.compile('["\\\\\n\r\t]')
Format = Literal["pdf", "png", "svg"]


@dataclass(frozen=True, slots=True)
class Fit:
    """A part of a sheet that is too long: ``share`` of its size in thousandths, 0 for no room."""

    key: str
    part: str
    share: int


class Sheets:
    """One typst compiler, kept: the fonts are read once. Safe to share between threads."""

    def __init__(self, *, fonts: Path | None = None, root: Path | None = None) -> None:
        """``fonts`` is a folder of further font files, for characters the package lacks.

        ``root`` is another press's folder of designs and pictures, to set the same sheets.
        """
        self.further = fonts
        self.root = root or self._furnished()
        self._fonts = FontMap(fonts)
        self._faces = typst.Fonts(include_system_fonts=False, font_paths=self._fonts.folders)
        self._lock = threading.Lock()
        self._typst = typst.Compiler(root=str(self.root), font_paths=self._faces)

    def _furnished(self) -> Path:
        root = Path(tempfile.mkdtemp(prefix="leitai-sheets-"))
        weakref.finalize(self, rmtree, root, ignore_errors=True)
        copytree(TEMPLATES / _FOLDER, root / _FOLDER)
        (root / "pictures").mkdir()
        return root

    def missing_glyphs(self, texts: Iterable[str]) -> tuple[MissingGlyph, ...]:
        """List the characters of ``texts`` that would print as an empty box."""
        return self._fonts.missing_glyphs(texts)

    def keep_picture(self, name: str, kind: str, data: bytes) -> str:
        """Lay a picture beside the designs and give the path by which the data names it.

        ``name`` is the picture's digest, so that one name never means two pictures.
        """
        if not _NAME.fullmatch(name) or kind not in PICTURES:
            raise DomainError("document_failed", template="picture", detail=f"{name}.{kind}")
        return self._lay(f"{name}.{kind}", data)

    def compile(
        self,
        design: str,
        data: Mapping[str, object],
        *,
        form: Format = "pdf",
        tagged: bool = True,
        ppi: int = 72,
    ) -> bytes:
        """Set the design once for each of ``data["sheets"]``; as a picture, the first page.

        The same data gives the same bytes. ``tagged`` files can be read aloud and are larger.
        Raises DomainError("template_unknown") and ("document_failed", template, detail); a warning
        is a failure too, because something would print otherwise than it was meant.
        """
        return self._set(_main(design, data, "print"), design, form=form, tagged=tagged, ppi=ppi)

    def _set(
        self, main: bytes, design: str, *, form: Format = "pdf", tagged: bool = True, ppi: int = 72
    ) -> bytes:
        try:
            with self._lock:
                made, warnings = self._typst.compile_with_warnings(
                    main, format=form, ppi=ppi, timestamp=0, pdf_tags=tagged
                )
        except typst.TypstError as error:
            raise DomainError("document_failed", template=design, detail=str(error)) from None
        if warnings or made is None:
            detail = "; ".join(str(warning) for warning in warnings)
            raise DomainError("document_failed", template=design, detail=detail)
        return made if isinstance(made, bytes) else made[0]

    def compile_many(self, runs: Sequence[tuple[str, Mapping[str, object]]]) -> bytes:
        """One file of many sheets, for the printer: what sheets share is set once and laid under.

        ``runs`` are designs, each with its data, in the order of the pages. The file is not tagged
        for reading aloud; whoever holds a certificate has a file of their own.
        """
        mains = [_main(design, self._on_layers(design, data), "print") for design, data in runs]
        return self._set(b"".join(mains), "+".join(design for design, _ in runs), tagged=False)

    def _on_layers(self, design: str, data: Mapping[str, object]) -> Mapping[str, object]:
        sheets = [dict(one) for one in cast("list[dict[str, object]]", data["sheets"])]
        layers: dict[str, str] = {}
        for one in sheets:
            shared = json.dumps([one[name] for name in _SHARED], ensure_ascii=False)
            if shared not in layers:
                layers[shared] = self._layer(design, {**data, "sheets": [one]})
            one["layer"] = layers[shared]
        return {**data, "sheets": sheets}

    def _layer(self, design: str, data: Mapping[str, object]) -> str:
        made = self._set(_main(design, data, "still"), design, tagged=False)
        return self._lay(f"{hashlib.sha256(made).hexdigest()}.pdf", made)

    def _lay(self, name: str, data: bytes) -> str:
        """Whole or not at all: another thread or process may be reading it."""
        path = self.root / "pictures" / name
        if not path.is_file():
            draft = path.with_name(f"{os.getpid()}-{threading.get_ident()}.draft")
            draft.write_bytes(data)
            draft.replace(path)
        return f"/pictures/{name}"

    def measure(self, design: str, data: Mapping[str, object]) -> tuple[Fit, ...]:
        """Set all sheets without printing them, and list what is too long, in their order."""
        main = _main(design, data, "measure")
        compiler = typst.Compiler(input=main, root=str(self.root), font_paths=self._faces)
        try:
            answer = compiler.query("<fit>", field="value", format="json")
        except typst.TypstError as error:
            raise DomainError("document_failed", template=design, detail=str(error)) from None
        return tuple(dict.fromkeys(Fit(**one) for one in json.loads(answer)))


def _main(design: str, data: Mapping[str, object], mode: str) -> bytes:
    if design not in DESIGNS:
        raise DomainError("template_unknown", template=design)
    text = json.dumps({**data, "mode": mode}, ensure_ascii=False, separators=(",", ":"))
    literal = _ESCAPED.sub(lambda one: _ESCAPES[one.group()], text)
    lines = f'#import "/{_FOLDER}/{design}.typ": sheets\n#sheets(json(bytes("{literal}")))\n'
    return lines.encode()
