"""What the bank does: take questions in, and make sealed papers of them."""

from leitai.bank.services.intake import BANK_CODE, ImportReport, data_path, import_items
from leitai.bank.services.papers import compose_papers

__all__ = ["BANK_CODE", "ImportReport", "compose_papers", "data_path", "import_items"]
