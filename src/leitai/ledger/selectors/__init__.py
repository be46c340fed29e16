"""Reads of chains, checkpoints and deeds of two officers."""

from leitai.ledger.chains import host_of
from leitai.ledger.chains import register as register_hosts
from leitai.ledger.policy import officers_for
from leitai.ledger.selectors.entries import (
    Line,
    checked_tail,
    entry_page,
    export_lines,
    get_entry,
    line_of,
    lines,
    list_acts,
    list_chains,
    list_entries,
    page_of,
)
from leitai.ledger.selectors.printing import Printed, newest_checkpoint, printed_checkpoint
from leitai.ledger.selectors.proposals import (
    SHOWS,
    ProposalPage,
    get_proposal_for,
    list_proposals_for,
    proposal_page,
)

__all__ = [
    "SHOWS",
    "Line",
    "Printed",
    "ProposalPage",
    "checked_tail",
    "entry_page",
    "export_lines",
    "get_entry",
    "get_proposal_for",
    "host_of",
    "line_of",
    "lines",
    "list_acts",
    "list_chains",
    "list_entries",
    "list_proposals_for",
    "newest_checkpoint",
    "officers_for",
    "page_of",
    "printed_checkpoint",
    "proposal_page",
    "register_hosts",
]
