"""Pages of this room: arranging an exam, the officer's console, the exam room's shell."""
