"""Exams of practice: set by the office or a group's leader, begun by each at their own time."""
