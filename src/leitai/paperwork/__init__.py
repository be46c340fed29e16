"""Templates that an organiser uploads, documents made of real rows, the archive package."""
