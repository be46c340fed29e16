"""Writes of orders: from the draft to the accepted hand-in."""

from leitai.orders.services.choosing import (
    add_delegations,
    add_level,
    add_unit,
    remove_recipients,
)
from leitai.orders.services.deciding import accept_all, accept_hand_in, return_hand_in
from leitai.orders.services.drafting import (
    Head,
    NewThing,
    create_order,
    drop_attachments,
    drop_order,
    edit_order,
)
from leitai.orders.services.handing import (
    demand_open,
    hand_in,
    keep_draft,
    problems_of,
    sign_order,
)
from leitai.orders.services.passing import gather, pass_on
from leitai.orders.services.sending import close_order, remind_order, send_order
from leitai.orders.services.supplementing import Moves, Words, supplement_order
from leitai.orders.services.telling import link_of

__all__ = [
    "Head",
    "Moves",
    "NewThing",
    "Words",
    "accept_all",
    "accept_hand_in",
    "add_delegations",
    "add_level",
    "add_unit",
    "close_order",
    "create_order",
    "demand_open",
    "drop_attachments",
    "drop_order",
    "edit_order",
    "gather",
    "hand_in",
    "keep_draft",
    "link_of",
    "pass_on",
    "problems_of",
    "remind_order",
    "remove_recipients",
    "return_hand_in",
    "send_order",
    "sign_order",
    "supplement_order",
]
