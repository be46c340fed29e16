"""Pages of results, one file a desk."""
