"""The lane: the hot process that takes answers while an exam runs. No Django in here."""
