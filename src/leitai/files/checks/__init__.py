"""What a file is by its content, read to its end: the only door to the store."""

from leitai.files.checks.examining import Finding, examine

__all__ = ["Finding", "examine"]
