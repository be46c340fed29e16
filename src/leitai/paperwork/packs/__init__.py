"""One-click documents: what each contains, for which stage, in which formats, and its maker."""

from leitai.paperwork.packs.kinds import Heading, Made, Pack, Wanted
from leitai.paperwork.packs.registry import PACKS, get_pack

__all__ = ["PACKS", "Heading", "Made", "Pack", "Wanted", "get_pack"]
