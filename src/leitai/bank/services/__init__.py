"""What the bank does: take questions in, and make sealed papers of them."""

from leitai.bank.services.intake import BANK_CODE, ImportReport, data_path, import_items
from leitai.bank.services.opening import open_early, record_opening
from leitai.bank.services.papers import compose_papers
from leitai.bank.services.publishing import publish_bank

__all__ = [
    "BANK_CODE",
    "ImportReport",
    "compose_papers",
    "data_path",
    "import_items",
    "open_early",
    "publish_bank",
    "record_opening",
]
