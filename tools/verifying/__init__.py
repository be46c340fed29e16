"""The parts of ``tools/verify.py``, in the order of docs/formats/bundle.md."""
