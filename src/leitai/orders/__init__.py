"""Orders to units: a notice, its receipt, what is handed in, what is returned, who is late."""
