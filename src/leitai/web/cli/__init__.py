"""The command line. Every command parses its words here and does its work in its own file."""

from leitai.web.cli.main import main

__all__ = ["main"]
