"""A whole season with invented people, through the services and the wire that real ones use."""
