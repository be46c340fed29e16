"""Handlers: of the interface, part by part, and of the office's page for its tokens."""
