"""Reads of paperwork: the desk, templates and their previews, exports, payments."""

from leitai.paperwork.material.costs import cost_note
from leitai.paperwork.selectors.desk import (
    desk_for,
    export_page,
    exports_page,
    file_of,
    get_export,
    get_season_for,
    get_season_to_keep,
    get_season_to_pay,
    payment_page,
    preview_of,
    template_page,
)
from leitai.paperwork.selectors.templates import get_template, list_templates

__all__ = [
    "cost_note",
    "desk_for",
    "export_page",
    "exports_page",
    "file_of",
    "get_export",
    "get_season_for",
    "get_season_to_keep",
    "get_season_to_pay",
    "get_template",
    "list_templates",
    "payment_page",
    "preview_of",
    "template_page",
]
