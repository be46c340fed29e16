"""Reads of messages, short links and complaints."""

from leitai.messages.selectors.inbox import failed_count, get_delivery, preference_of, unread_count
from leitai.messages.selectors.links import Share, get_link, shares_of
from leitai.messages.selectors.officers import handlers_of, officers_of

__all__ = [
    "Share",
    "failed_count",
    "get_delivery",
    "get_link",
    "handlers_of",
    "officers_of",
    "preference_of",
    "shares_of",
    "unread_count",
]
