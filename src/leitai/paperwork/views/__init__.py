"""Pages of the printing desk."""
