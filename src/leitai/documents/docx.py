"""Fill a docx that an organiser uploaded: its marked fields, and nothing else of it.

Word and WPS cut a text into runs wherever spelling, style or the cursor has been; a marker is
therefore sought in the whole paragraph's text and may begin in one run and end in another. Its
value takes the look of the run in which it begins.
"""

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from leitai.documents.markers import (
    Book,
    Filled,
    Marker,
    Picture,
    Value,
    Values,
    find,
    group_of,
    unique,
)
from leitai.documents.packages import (
    Element,
    Parts,
    parse,
    read_package,
    refuse_field,
    unparse,
    write_package,
)
from leitai.documents.pictures import Pictures, carry, number_drawings
from leitai.kernel.errors import DomainError

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_STORIES: Final = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml", re.IGNORECASE
)
_BODY: Final = "word/document.xml"
_PARAGRAPHS: Final = 20_000
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(slots=True)
class _Piece:
    """A text element of a paragraph and where its text begins in the paragraph's own."""

    element: Element
    start: int
    text: str


def fields(data: bytes) -> tuple[Marker, ...]:
    """List the markers of a docx, each once; raises DomainError as ``read_package`` does."""
    parts = read_package(data, kind="docx")
    found: list[Marker] = []
    for name in _stories(parts):
        root = parse(parts[name])
        _refuse_active(root)
        for paragraph in root.iter(f"{W}p"):
            found += [one.marker for one in find(_text_of(paragraph))]
    return unique(found)


def fill(data: bytes, values: Values) -> Filled:
    """Put values into the markers; what has none is left blank and named."""
    parts = read_package(data, kind="docx")
    book = Book(values)
    for name in _stories(parts):
        root = parse(parts[name])
        _refuse_active(root)
        pictures = Pictures(parts, name)
        _repeat(root, book, pictures)
        resolve = book.lookup(None, "")
        for paragraph in list(root.iter(f"{W}p")):
            _fill_paragraph(paragraph, resolve, pictures)
        parts[name] = unparse(root)
        pictures.close()
    return Filled(write_package(parts), book.missing)


def _stories(parts: Parts) -> list[str]:
    return [name for name in parts if _STORIES.fullmatch(name)]


def _refuse_active(root: Element) -> None:
    if sum(1 for _ in root.iter(f"{W}p")) > _PARAGRAPHS:
        raise DomainError("template_file_large", limit=10)
    for paragraph in root.iter(f"{W}p"):
        instruction = "".join(one.text or "" for one in paragraph.iter(f"{W}instrText"))
        simple = " ".join(one.get(f"{W}instr", "") for one in paragraph.iter(f"{W}fldSimple"))
        if instruction or simple:
            refuse_field(f"{instruction} {simple}")
    if next(root.iter(f"{W}altChunk"), None) is not None:
        raise DomainError("template_file_active", part="altChunk")


def _repeat(root: Element, book: Book, pictures: Pictures) -> None:
    """Repeat each row (or paragraph outside of tables) that holds a list's markers."""
    for holder in list(_holders(root)):
        group = group_of(map(_text_of, _paragraphs(holder)))
        if not group:
            continue
        parent = holder.getparent()
        place = parent.index(holder)
        for row in book.items(group):
            made = copy.deepcopy(holder)
            _forget_ids(made)
            resolve = book.lookup(row, group)
            for paragraph in _paragraphs(made):
                _fill_paragraph(paragraph, resolve, pictures)
            parent.insert(place, made)
            place += 1
        parent.remove(holder)


def _holders(root: Element) -> Iterator[Element]:
    """Each innermost table row, and each paragraph that stands in none."""
    for row in root.iter(f"{W}tr"):
        if next(row.iterdescendants(f"{W}tr"), None) is None:
            yield row
    for paragraph in root.iter(f"{W}p"):
        if next(paragraph.iterancestors(f"{W}tr"), None) is None:
            yield paragraph


def _paragraphs(holder: Element) -> list[Element]:
    return list(holder.iter(f"{W}p"))


def _forget_ids(copied: Element) -> None:
    """A copied paragraph's own id (and its bookmarks) may stand in a document once only."""
    for element in copied.iter():
        for name in [name for name in element.attrib if name.endswith(("}paraId", "}textId"))]:
            del element.attrib[name]
    for tag in ("bookmarkStart", "bookmarkEnd"):
        for element in list(copied.iter(f"{W}{tag}")):
            element.getparent().remove(element)


def _pieces(paragraph: Element) -> list[_Piece]:
    """The texts of the paragraph itself; a text box inside it has paragraphs of its own."""
    pieces: list[_Piece] = []
    at = 0
    for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr"):
        if next(element.iterancestors(f"{W}p")) is not paragraph:
            continue
        if element.getparent().tag != f"{W}r":  # a tab stop of the paragraph's own settings
            continue
        text = (element.text or "") if element.tag == f"{W}t" else "\n"
        pieces.append(_Piece(element, at, text))
        at += len(text)
    return pieces


def _text_of(paragraph: Element) -> str:
    return "".join(piece.text for piece in _pieces(paragraph))


def _fill_paragraph(
    paragraph: Element, resolve: Callable[[Marker], Value], pictures: Pictures
) -> None:
    """From the last marker to the first, so that places before it stay what they were."""
    pieces = _pieces(paragraph)
    for found in reversed(find("".join(piece.text for piece in pieces))):
        value = resolve(found.marker)
        touched = [
            piece
            for piece in pieces
            if piece.start < found.end and piece.start + len(piece.text) > found.start
        ]
        first = touched[0]
        for piece in touched[1:]:
            cut = min(found.end, piece.start + len(piece.text)) - piece.start
            piece.text = piece.text[cut:]
            piece.start += cut
            _write(piece.element, piece.text)
        here, until = found.start - first.start, found.end - first.start
        rest = first.text[until:]
        first.text = first.text[:here]
        _put(first, value, rest, pictures)


def _put(piece: _Piece, value: Value, rest: str, pictures: Pictures) -> None:
    """Write the value behind the piece's text, then what followed the marker."""
    element = after = piece.element
    if isinstance(value, Picture):
        after = pictures.drawing(value)
        element.addnext(after)
        _give_room(element)
        lines = [""]
    else:
        lines = _CONTROL.sub("", value).replace("\r\n", "\n").split("\n")
    piece.text += lines[0]
    for line in lines[1:]:
        stop = etree.SubElement(element.getparent(), f"{W}br")
        after.addnext(stop)
        after = _text(stop, line)
    if after is element:
        piece.text += rest
    elif rest:
        _text(after, rest)
    _write(element, piece.text)


def _give_room(element: Element) -> None:
    """A line of an exact height would cut the picture off, in WPS to a strip."""
    paragraph = next(element.iterancestors(f"{W}p"))
    for spacing in paragraph.iterfind(f"{W}pPr/{W}spacing"):
        if spacing.get(f"{W}lineRule") == "exact":
            spacing.set(f"{W}lineRule", "atLeast")


def _text(after: Element, text: str) -> Element:
    made = etree.SubElement(after.getparent(), f"{W}t")
    after.addnext(made)
    _write(made, text)
    return made


def _write(element: Element, text: str) -> None:
    element.text = text
    element.set(_SPACE, "preserve")


def join(files: list[bytes]) -> bytes:
    """Put fillings of one template into one file, each beginning on a page of its own.

    Headers, footers and styles are the first's; each keeps its own text and photographs.
    """
    parts = read_package(files[0], kind="docx")
    root = parse(parts[_BODY])
    body = root.find(f"{W}body")
    last = body.find(f"{W}sectPr")
    at = len(body) if last is None else body.index(last)
    for number, data in enumerate(files[1:], start=2):
        theirs = read_package(data, kind="docx")
        other = parse(theirs[_BODY]).find(f"{W}body")
        blocks = [one for one in other if one.tag != f"{W}sectPr"]
        carry(parts, theirs, blocks, number)
        for element in (_page_break(), *blocks):
            _forget_ids(element)
            body.insert(at, element)
            at += 1
    number_drawings(root)
    parts[_BODY] = unparse(root)
    return write_package(parts)


def _page_break() -> Element:
    paragraph = etree.Element(f"{W}p")
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}br").set(f"{W}type", "page")
    return paragraph
