"""What `tools/screens.py` is made of: which pictures, of what, and how they are taken."""
