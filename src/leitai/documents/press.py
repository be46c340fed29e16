"""Documents of blocks as PDF: data for ``document.typ``, each asked face by its substitute."""

from collections.abc import Mapping
from typing import Any

from leitai.documents.faces import Substitution
from leitai.documents.pages import Block, Break, Cell, Document, Image, Para, Run, Table

TEMPLATE = "document"


def data_of(document: Document, faces: tuple[Substitution, ...]) -> dict[str, object]:
    """Write the document as the template reads it."""
    used = {one.asked: one.used for one in faces}
    paper = document.paper
    return {
        "title": document.title,
        "author": document.author,
        "paper": {
            "width": paper.width,
            "height": paper.height,
            "top": paper.top,
            "right": paper.right,
            "bottom": paper.bottom,
            "left": paper.left,
            "numbers": paper.numbers,
        },
        "blocks": [block_data(block, used) for block in document.blocks],
    }


def block_data(block: Block, used: Mapping[str, str]) -> dict[str, Any]:
    """Write one block; ``used`` is the printed face of each asked one."""
    if isinstance(block, Para):
        return {"kind": "para", **_para(block, used)}
    if isinstance(block, Table):
        return {
            "kind": "table",
            "widths": list(block.widths),
            "heights": list(block.heights) or [0] * len(block.rows),
            "head": block.head,
            "border": block.border,
            "rows": [[_cell(cell, used) for cell in row] for row in block.rows],
        }
    if isinstance(block, Image):
        return _image(block)
    if isinstance(block, Break):
        return {"kind": "break"}
    raise TypeError(block)


def _image(block: Image) -> dict[str, Any]:
    return {
        "kind": "image",
        "data": list(block.data),
        "type": "jpg" if block.type == "jpeg" else block.type,
        "width": block.width,
        "height": block.height,
        "align": block.align,
    }


def _cell(cell: Cell, used: Mapping[str, str]) -> dict[str, Any]:
    return {
        "columns": cell.columns,
        "rows": cell.rows,
        "middle": cell.middle,
        "shade": cell.shade,
        "paras": [_para(para, used) for para in cell.paras],
        "images": [_image(image) for image in cell.images],
    }


def _para(para: Para, used: Mapping[str, str]) -> dict[str, Any]:
    sizes = [run.size for run in para.runs]
    return {
        "align": para.align,
        "indent": para.indent,
        "line": para.line,
        "before": para.before,
        "after": para.after,
        "left": para.left,
        "right": para.right,
        "keep": para.keep,
        "size": max(sizes, default=16),
        "runs": [_run(run, used) for run in para.runs if run.text],
    }


def _run(run: Run, used: Mapping[str, str]) -> dict[str, Any]:
    return {
        "text": run.text,
        "face": used.get(run.face, "Noto Serif SC"),
        "size": run.size,
        "bold": run.bold,
        "colour": run.colour,
    }
