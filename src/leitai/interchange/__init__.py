"""Question formats. A table of questions (.xlsx or .csv) in, frozen drafts and problems out. Pure.

The format is specified in docs/formats/items.md.
"""

from leitai.interchange.drafts import (
    Basis,
    ItemDraft,
    Reading,
    Repair,
    RowProblem,
    Weight,
    question_digest,
    read_items,
)
from leitai.interchange.keys import ItemType, Key

__all__ = [
    "Basis",
    "ItemDraft",
    "ItemType",
    "Key",
    "Reading",
    "Repair",
    "RowProblem",
    "Weight",
    "question_digest",
    "read_items",
]
