"""What the bank does: take questions in, and make sealed papers of them."""

from leitai.bank.services.intake import BANK_CODE, ImportReport, data_path, import_items
from leitai.bank.services.opening import open_early, record_opening
from leitai.bank.services.papers import compose_papers
from leitai.bank.services.publishing import publish_bank
from leitai.bank.services.reporting import answer_report, file_report, read_answers

__all__ = [
    "BANK_CODE",
    "ImportReport",
    "answer_report",
    "compose_papers",
    "data_path",
    "file_report",
    "import_items",
    "open_early",
    "publish_bank",
    "read_answers",
    "record_opening",
]
