"""Writes of paperwork: templates, exports, payments, costs; official papers for rooms above."""

from leitai.paperwork.printing import official_docx, official_pdf
from leitai.paperwork.services.costs import set_costs
from leitai.paperwork.services.exporting import (
    resume_exports,
    run_export,
    start_filling,
    start_pack,
)
from leitai.paperwork.services.numbered import fill_with_numbers
from leitai.paperwork.services.paying import LABOUR, PRIZES, Terms, make_payments
from leitai.paperwork.services.templating import (
    MAX_BYTES,
    NewTemplate,
    add_template,
    install_packaged,
    remove_template,
    replace_template,
)

__all__ = [
    "LABOUR",
    "MAX_BYTES",
    "PRIZES",
    "NewTemplate",
    "Terms",
    "add_template",
    "fill_with_numbers",
    "install_packaged",
    "make_payments",
    "official_docx",
    "official_pdf",
    "remove_template",
    "replace_template",
    "resume_exports",
    "run_export",
    "set_costs",
    "start_filling",
    "start_pack",
]
