"""Leitai (擂台): a public-service skills season, from the first question to the certificate."""

__version__ = "2026.1.0"
