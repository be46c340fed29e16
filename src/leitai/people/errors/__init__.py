"""What the people's room refuses, as sentences."""

from leitai.people.errors import appointing, passes, roster, signing

TEXTS = {**roster.TEXTS, **signing.TEXTS, **passes.TEXTS, **appointing.TEXTS}
