"""Pages of seasons: season.py, the public's draws.py, and draw_desk.py with their steps."""
