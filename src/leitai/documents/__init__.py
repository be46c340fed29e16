"""Printed documents from a template and data. Pure: no clock, no Django, no fonts of the system."""
