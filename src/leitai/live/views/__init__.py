"""Pages of this room: the office's desk, the screens of a match, the recorders' page."""
