"""What the acts of this room are called."""

from leitai.people.acts import appointing, passes, roster, signing

ACTS = {**roster.ACTS, **signing.ACTS, **passes.ACTS, **appointing.ACTS}
