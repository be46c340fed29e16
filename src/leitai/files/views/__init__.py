"""Two doors: files come in by tus, and go out by ranges."""
