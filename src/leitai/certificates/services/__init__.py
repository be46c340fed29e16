"""Writes of certificates: issue all, revoke one, and set them on paper."""

from leitai.certificates.services.issuing import issue_certificates
from leitai.certificates.services.papers import write_documents
from leitai.certificates.services.revoking import propose_revoking

__all__ = ["issue_certificates", "propose_revoking", "write_documents"]
