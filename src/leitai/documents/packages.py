"""A docx or xlsx from outside: opened within bounds, refused where it could act or call out.

Such a file is a zip of XML parts. Here it becomes a mapping from each part's name to its bytes,
unpacked under limits that hold before anything is parsed; what the directory claims is not
believed.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from leitai.kernel.errors import DomainError

MB: Final = 1024 * 1024
LIMIT: Final = 10 * MB
UNPACKED: Final = 60 * MB
PART: Final = 20 * MB  # of one XML part
PARTS: Final = 1_000

Element = Any  # lxml has no types of its own
Parts = dict[str, bytes]

_END: Final = b"PK\x05\x06"
_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BAD_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    OverflowError,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
)
_TYPES: Final = "[Content_Types].xml"
_MAIN: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_MACROS: Final = re.compile(r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|macrosheets/)", re.IGNORECASE)
_MACRO_TYPE: Final = re.compile(rb"macroenabled|vbaproject|ms-excel\.macrosheet", re.IGNORECASE)
_ACTIVE: Final = re.compile(
    r"(?:^|/)(?:activex|ctrlprops|embeddings|externallinks|customui|webextensions)/"
    r"|(?:^|/)(?:connections\.xml|querytables?/|afchunk)",
    re.IGNORECASE,
)
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HARMLESS: Final = ("http://", "https://", "mailto:", "tel:", "#")
# Fields of a document and formulas of a sheet that fetch, run or ask for something.
_FIELD: Final = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|MACROBUTTON)\b",
    re.IGNORECASE,
)
_FORMULA: Final = re.compile(
    r"\[\d+\]|\|'?[^'!]*'?!|\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|FILTERXML)\s*\(",
    re.IGNORECASE,
)
_PARSER: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_pis": False,
}


def read_package(data: bytes, *, kind: str) -> Parts:
    """Give the parts of a ``docx`` or ``xlsx``.

    Raises DomainError: template_file_large, _broken, _macros, _external, _active.
    """
    if len(data) > LIMIT:
        raise DomainError("template_file_large", limit=LIMIT // MB)
    parts = _unpacked(data)
    if _TYPES not in parts or _MAIN[kind] not in parts:
        raise DomainError("template_file_broken")
    if any(map(_MACROS.search, parts)) or _MACRO_TYPE.search(parts[_TYPES]):
        raise DomainError("template_file_macros")
    for name in parts:
        if _ACTIVE.search(name):
            raise DomainError("template_file_active", part=name.rpartition("/")[2])
    for name, content in parts.items():
        if name.lower().endswith((".xml", ".rels")):
            _refuse_declarations(content)
        if name.lower().endswith(".rels"):
            _refuse_outside(parse(content))
    return parts


def parse(content: bytes) -> Element:
    """Parse a part without entities, network or DTD; raises DomainError("template_file_broken")."""
    try:
        return etree.fromstring(content, parser=etree.XMLParser(**_PARSER))
    except etree.XMLSyntaxError:
        raise DomainError("template_file_broken") from None


def unparse(root: Element) -> bytes:
    """Write a part as Word and WPS do, with its own prefixes kept."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Zip parts; the same parts give the same bytes."""
    file = io.BytesIO()
    first = [_TYPES, *(name for name in parts if name != _TYPES)]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in first:
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return file.getvalue()


def refuse_field(instruction: str) -> None:
    """Refuse a field code that reaches out of the document."""
    if _FIELD.search(instruction):
        raise DomainError("template_file_active", part=instruction.split(maxsplit=1)[0][:20])


def refuse_formula(formula: str) -> None:
    """Refuse a formula that reaches out of the workbook."""
    if _FORMULA.search(formula):
        raise DomainError("template_file_external", target=formula[:60])


def _unpacked(data: bytes) -> Parts:
    parts: Parts = {}
    left = UNPACKED
    if _END not in data[-66_000:]:
        raise DomainError("template_file_broken")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > PARTS:
                raise DomainError("template_file_large", limit=LIMIT // MB)
            for entry in entries:
                if entry.is_dir():
                    continue
                _refuse_entry(entry, parts)
                if entry.file_size > left:
                    raise DomainError("template_file_large", limit=LIMIT // MB)
                with archive.open(entry) as part:
                    content = part.read(min(left, PART) + 1)
                if len(content) > min(left, PART):
                    raise DomainError("template_file_large", limit=LIMIT // MB)
                left -= len(content)
                parts[entry.filename] = content
    except _BAD_ZIP:
        raise DomainError("template_file_broken") from None
    return parts


def _refuse_entry(entry: zipfile.ZipInfo, parts: Parts) -> None:
    name = entry.filename
    odd = name in parts or name.startswith("/") or ".." in name.split("/") or "\\" in name
    if odd or entry.flag_bits & 0x1 or entry.compress_type not in _PACKINGS:
        raise DomainError("template_file_broken")


def _refuse_declarations(content: bytes) -> None:
    """No part of an office file has a DTD; UTF-16, which would hide one, is not written either."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\x00" in content:
        raise DomainError("template_file_broken")


def _refuse_outside(relations: Element) -> None:
    """A link that a reader follows is fine; a picture, sheet or template fetched is not."""
    for relation in relations.iter(_RELATION):
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if relation.get("TargetMode", "") != "External":
            continue
        if not kind.endswith("/hyperlink") or not target.lower().startswith(_HARMLESS):
            raise DomainError("template_file_external", target=target[:60])
