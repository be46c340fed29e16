"""Writes of this room: pieces of units, the desk's decisions, articles, bulletins, the face."""

from leitai.newsroom.issues import Issue
from leitai.newsroom.services.bulletins import (
    Printed,
    create_bulletin,
    drop_bulletin,
    edit_bulletin,
    publish_bulletin,
)
from leitai.newsroom.services.common import Pictures, Placed, Said, Words
from leitai.newsroom.services.deciding import adopt_item, decline_item, return_item
from leitai.newsroom.services.facing import Face, set_face
from leitai.newsroom.services.handing import (
    begin_again,
    create_item,
    drop_item,
    edit_item,
    hand_in_item,
    record_consent,
)
from leitai.newsroom.services.publishing import (
    Copy,
    create_article,
    drop_article,
    edit_article,
    pin_article,
    publish_article,
    take_down_article,
)
from leitai.newsroom.services.withdrawing import withdraw_article_consent, withdraw_consent

__all__ = [
    "Copy",
    "Face",
    "Issue",
    "Pictures",
    "Placed",
    "Printed",
    "Said",
    "Words",
    "adopt_item",
    "begin_again",
    "create_article",
    "create_bulletin",
    "create_item",
    "decline_item",
    "drop_article",
    "drop_bulletin",
    "drop_item",
    "edit_article",
    "edit_bulletin",
    "edit_item",
    "hand_in_item",
    "pin_article",
    "publish_article",
    "publish_bulletin",
    "record_consent",
    "return_item",
    "set_face",
    "take_down_article",
    "withdraw_article_consent",
    "withdraw_consent",
]
