"""Photographs in a docx: the part, its relation, its content type, and the drawing in the text."""

import posixpath
from collections.abc import Collection, Sequence
from typing import Final

from lxml import etree

from leitai.documents.markers import Picture
from leitai.documents.packages import Element, Parts, parse, unparse

_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DOC_PR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_RELATIONS: Final = "word/_rels/document.xml.rels"
_TYPES: Final = "[Content_Types].xml"
_CT: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_PR: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_IMAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_EMU: Final = 36_000  # of a millimetre
_NO_RELATIONS: Final = f'<Relationships xmlns="{_PR}"/>'.encode()
_DRAWING: Final = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{x}" cy="{y}"/>'
    '<wp:docPr id="{id}" name="photo {id}"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{id}" name="photo {id}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
    '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{x}" cy="{y}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing>"
)


class Pictures:
    """Those of one story of a docx; ``close`` writes their relations into the parts."""

    def __init__(self, parts: Parts, story: str) -> None:
        self._parts = parts
        folder, name = posixpath.split(story)
        self._relations = f"{folder}/_rels/{name}.rels"
        self._story = name.partition(".")[0]
        self._added: list[tuple[str, str, Picture]] = []

    def drawing(self, picture: Picture) -> Element:
        """Give the drawing to be put into a run."""
        number = len(self._added) + 1
        relation = f"rIdLt{number}"
        target = f"media/{self._story}-lt{number}.{picture.type}"
        self._added.append((relation, target, picture))
        text = _DRAWING.format(
            x=picture.width * _EMU, y=picture.height * _EMU, id=900 + number, relation=relation
        )
        return etree.fromstring(text)

    def close(self) -> None:
        """Keep the pictures that were drawn."""
        if not self._added:
            return
        relations = parse(self._parts.get(self._relations, _NO_RELATIONS))
        for relation, target, picture in self._added:
            self._parts[f"word/{target}"] = picture.data
            _relate(relations, relation, target)
        self._parts[self._relations] = unparse(relations)
        _know_types(self._parts, {picture.type for _, _, picture in self._added})


def carry(into: Parts, theirs: Parts, blocks: Sequence[Element], number: int) -> None:
    """Bring along the pictures of blocks that go from another document into this one.

    ``number`` tells documents apart; the blocks then name the pictures by their new relations.
    """
    held = parse(theirs.get(_RELATIONS, _NO_RELATIONS))
    targets = {
        one.get("Id"): one.get("Target") for one in held if one.get("Type", "").endswith("/image")
    }
    relations = parse(into.get(_RELATIONS, _NO_RELATIONS))
    carried: dict[str, str] = {}
    for block in blocks:
        for element in block.iter():
            for name in (f"{_R}embed", f"{_R}id"):
                old = element.get(name, "")
                if old not in targets:
                    continue
                if old not in carried:
                    carried[old] = f"{old}c{number}"
                    target = _renamed(targets[old], number)
                    into[f"word/{target}"] = theirs[posixpath.normpath(f"word/{targets[old]}")]
                    _relate(relations, carried[old], target)
                element.set(name, carried[old])
    if carried:
        into[_RELATIONS] = unparse(relations)
        _know_types(into, {targets[old].rpartition(".")[2].lower() for old in carried})


def number_drawings(root: Element) -> None:
    """Each drawing of a document has a number of its own."""
    for number, one in enumerate(root.iter(_DOC_PR), start=1):
        one.set("id", str(number))


def _renamed(target: str, number: int) -> str:
    stem, _dot, ending = posixpath.basename(target).rpartition(".")
    return f"media/{stem}-c{number}.{ending}"


def _relate(relations: Element, relation: str, target: str) -> None:
    told = {"Id": relation, "Type": _IMAGE, "Target": target}
    etree.SubElement(relations, f"{{{_PR}}}Relationship", told)


def _know_types(parts: Parts, endings: Collection[str]) -> None:
    types = parse(parts[_TYPES])
    known = {one.get("Extension", "").lower() for one in types.iter(f"{_CT}Default")}
    for ending in sorted(set(endings) - known):
        mime = f"image/{'jpeg' if ending == 'jpg' else ending}"
        types.insert(0, etree.Element(f"{_CT}Default", Extension=ending, ContentType=mime))
    parts[_TYPES] = unparse(types)
