"""Writes of messages, short links and complaints."""

from leitai.messages.services.complaining import Filed, file_complaint, follow_up
from leitai.messages.services.delivering import deliver, deliver_lost
from leitai.messages.services.erasing import erase_contacts
from leitai.messages.services.handling import accept, answer, close, transfer
from leitai.messages.services.linking import Face, address_of, code_of, codes_of, short_link
from leitai.messages.services.reading import mark_all_read, mark_read, set_preference
from leitai.messages.services.seasons import SeasonFace, face_of, know_seasons
from leitai.messages.services.telling import tell

__all__ = [
    "Face",
    "Filed",
    "SeasonFace",
    "accept",
    "address_of",
    "answer",
    "close",
    "code_of",
    "codes_of",
    "deliver",
    "deliver_lost",
    "erase_contacts",
    "face_of",
    "file_complaint",
    "follow_up",
    "know_seasons",
    "mark_all_read",
    "mark_read",
    "set_preference",
    "short_link",
    "tell",
    "transfer",
]
