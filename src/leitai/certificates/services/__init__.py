"""Writes of certificates: designs, issue, replace, revoke, set on paper, publish for checking."""

from leitai.certificates.services.batches import carry_batch, start_issuing, start_titles
from leitai.certificates.services.designing import set_design
from leitai.certificates.services.exporting import export_check
from leitai.certificates.services.honouring import issue_titles
from leitai.certificates.services.issuing import issue_certificates, issue_records
from leitai.certificates.services.papers import set_each, set_many, write_documents
from leitai.certificates.services.replacing import (
    propose_after_correction,
    propose_reissuing,
    propose_replacing,
)
from leitai.certificates.services.revoking import (
    propose_after_loss,
    propose_revoking,
    propose_revoking_lost,
)

__all__ = [
    "carry_batch",
    "export_check",
    "issue_certificates",
    "issue_records",
    "issue_titles",
    "propose_after_correction",
    "propose_after_loss",
    "propose_reissuing",
    "propose_replacing",
    "propose_revoking",
    "propose_revoking_lost",
    "set_design",
    "set_each",
    "set_many",
    "start_issuing",
    "start_titles",
    "write_documents",
]
