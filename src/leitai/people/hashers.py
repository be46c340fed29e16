"""Argon2id at the accepted minimum: twenty thousand people sign in within ten minutes."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class MinimumArgon2(Argon2PasswordHasher):
    """19 MiB, two passes, one lane: the least that the OWASP password sheet accepts."""

    algorithm = "argon2"
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
