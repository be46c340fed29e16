"""Writes of files: receive, check, hand over to the owning room, sweep."""

from leitai.files.services.attaching import attach, remove_file, remove_files, take_posted
from leitai.files.services.checking import check_upload
from leitai.files.services.receiving import (
    DIGESTS,
    NewUpload,
    cancel_upload,
    create_upload,
    receive,
    receive_whole,
)
from leitai.files.services.sweeping import recheck, sweep

__all__ = [
    "DIGESTS",
    "NewUpload",
    "attach",
    "cancel_upload",
    "check_upload",
    "create_upload",
    "receive",
    "receive_whole",
    "recheck",
    "remove_file",
    "remove_files",
    "sweep",
    "take_posted",
]
