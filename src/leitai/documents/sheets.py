"""Certificates and plaques by typst: a packaged design, texts as data, each sheet a page.

The data stands in the main text as one string literal and is read there as JSON, so it never
becomes markup; handed over through ``sys.inputs`` it would make typst forget everything between
two sheets (8 ms a sheet instead of 4).
"""

import base64
import hashlib
import json
import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any, Final, Literal, cast

import typst

from leitai.documents.fonts import FontMap, MissingGlyph
from leitai.documents.pdf import TEMPLATES
from leitai.documents.scratch import Scratch
from leitai.kernel.errors import DomainError

DESIGNS: Final = ("classic", "folio", "plaque", "overprint")
PICTURES: Final = frozenset({"png", "jpg"})
_FOLDER: Final = "certificates"
_SHARED: Final = ("season", "heading", "signers", "date")
_NAME: Final = re.compile(r"[0-9a-f]{8,64}")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
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
        self._scratch = None if root else Scratch()
        self.root = root or cast("Scratch", self._scratch).path
        if not root:
            copytree(TEMPLATES / _FOLDER, self.root / _FOLDER)
            (self.root / "pictures").mkdir()
        self._fonts = FontMap(fonts)
        self._faces = typst.Fonts(include_system_fonts=False, font_paths=self._fonts.folders)
        self._lock = threading.Lock()
        self._typst = typst.Compiler(root=str(self.root), font_paths=self._faces)

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
        with self._lock, self._codes([data]) as [given]:
            main = _main(design, given, "print")
            return self._set(main, design, form=form, tagged=tagged, ppi=ppi)

    def compile_many(self, runs: Sequence[tuple[str, Mapping[str, object]]]) -> bytes:
        """One file of many sheets, for the printer: what sheets share is set once and laid under.

        ``runs`` are designs, each with its data, in the order of the pages. The file is not tagged
        for reading aloud; whoever holds a certificate has a file of their own.
        """
        with self._lock, self._codes([data for _, data in runs]) as given:
            designs = [design for design, _ in runs]
            mains = [
                _main(design, self._on_layers(design, data), "print")
                for design, data in zip(designs, given, strict=True)
            ]
            return self._set(b"".join(mains), "+".join(designs), tagged=False)

    def measure(self, design: str, data: Mapping[str, object]) -> tuple[Fit, ...]:
        """Set all sheets without printing them, and list what is too long, in their order."""
        with self._lock, self._codes([data]) as [given]:
            main = _main(design, given, "measure")
            compiler = typst.Compiler(input=main, root=str(self.root), font_paths=self._faces)
            try:
                answer = compiler.query("<fit>", field="value", format="json")
            except typst.TypstError as error:
                raise DomainError("document_failed", template=design, detail=str(error)) from None
        return tuple(dict.fromkeys(Fit(**one) for one in json.loads(answer)))

    def _set(
        self, main: bytes, design: str, *, form: Format = "pdf", tagged: bool = True, ppi: int = 72
    ) -> bytes:
        """For one at a time: the codes lie there for one document."""
        try:
            made, warnings = self._typst.compile_with_warnings(
                main, format=form, ppi=ppi, timestamp=0, pdf_tags=tagged
            )
        except typst.TypstError as error:
            raise DomainError("document_failed", template=design, detail=str(error)) from None
        if warnings or made is None:
            detail = "; ".join(str(warning) for warning in warnings)
            raise DomainError("document_failed", template=design, detail=detail)
        return made if isinstance(made, bytes) else made[0]

    @contextmanager
    def _codes(
        self, runs: Sequence[Mapping[str, object]]
    ) -> Iterator[tuple[Mapping[str, object], ...]]:
        """Give the runs with their QR codes in one file, for as long as one document is set.

        A code holds its holder's name, so the file is memory and never lies in a folder: what
        lies there is a name that leads to it, and to nothing when this process has ended.
        """
        found = bytearray()
        with os.fdopen(os.memfd_create("leitai-codes"), "wb") as memory:
            path = self.root / f"codes-{os.getpid()}"
            path.unlink(missing_ok=True)
            path.symlink_to(f"/proc/{os.getpid()}/fd/{memory.fileno()}")
            try:
                given = [_with_codes(data, found, f"/{path.name}") for data in runs]
                memory.write(found)
                memory.flush()
                yield tuple(given)
            finally:
                path.unlink(missing_ok=True)

    def _on_layers(self, design: str, data: Mapping[str, object]) -> Mapping[str, object]:
        sheets = [dict(one) for one in cast("list[dict[str, Any]]", data["sheets"])]
        groups: dict[str, list[dict[str, Any]]] = {}
        for one in sheets:
            labels = [name for name, _ in one["facts"]]
            shared = json.dumps([labels, *(one[name] for name in _SHARED)], ensure_ascii=False)
            groups.setdefault(shared, []).append(one)
        for group in groups.values():
            beneath = _alike(group)
            first = {**group[0], "qr": [], "beneath": beneath}
            layer = self._layer(design, {**data, "sheets": [first]})
            for one in group:
                one |= {"layer": layer, "beneath": beneath}
                for name in (*_SHARED, "pictures"):
                    one.pop(name, None)  # said by the layer; what is handed down is hashed
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


def _with_codes(data: Mapping[str, object], found: bytearray, path: str) -> dict[str, object]:
    """Append the codes of the sheets to ``found``, and leave where each stands there."""
    sheets = [dict(one) for one in cast("list[dict[str, Any]]", data["sheets"])]
    for one in sheets:
        code = base64.b64decode(one["qr"])
        one["qr"] = [len(found), len(found) + len(code)] if code else []
        found += code
    return {**data, "sheets": sheets, "codes": path}


def _alike(sheets: Sequence[Mapping[str, Any]]) -> list[int]:
    """Which lines beside the code say the same on all sheets.

    None if there is one sheet alone, or if a label is not of Chinese characters: the press leaves
    room for it by their number.
    """
    first = sheets[0]["facts"]
    if len(sheets) == 1 or not all(_HAN.fullmatch(name) for name, _ in first):
        return []
    return [at for at in range(len(first)) if len({one["facts"][at][1] for one in sheets}) == 1]


def _main(design: str, data: Mapping[str, object], mode: str) -> bytes:
    if design not in DESIGNS:
        raise DomainError("template_unknown", template=design)
    text = json.dumps({**data, "mode": mode}, ensure_ascii=False, separators=(",", ":"))
    literal = text.replace("\\", "\\\\").replace('"', '\\"')  # JSON itself holds no line's end
    lines = f'#import "/{_FOLDER}/{design}.typ": sheets\n#sheets(json(bytes("{literal}")))\n'
    return lines.encode()
