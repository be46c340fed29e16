"""Passes as they are printed: the code in a QR, after the # that no server sees."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from leitai.people.printing import drawing
from leitai.people.services.passes import Card


def address_of(card: Card) -> str:
    return f"{settings.LEITAI_PUBLIC_URL.rstrip('/')}{reverse('people:pass_enter')}#{card.code}"


def drawing_of(card: Card) -> SafeString:
    return drawing(address_of(card))
