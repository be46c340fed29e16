"""What is wrong with the rubric of an award."""

# ruff: noqa: E501  (sentences)

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "rubric_not_decided": (
        "评分表只用于由机构评定的团体奖项。请写decided和to: team，或删去rubric。",
        "a rubric belongs to an award of teams that a body decides; write decided and to: team, or remove it",
    ),
    "rubric_no_practice": (
        "“%(name)s”取自岗位练兵，规则没有设practice。请补上，或换一项指标。",
        "'%(name)s' is a figure of practice, and there is no practice; add it or use another figure",
    ),
    "rubric_needs": (
        "“%(name)s”须写明%(key)s。请补上。",
        "'%(name)s' needs %(key)s; add it",
    ),
    "rubric_has_no": (
        "“%(name)s”不用%(key)s。请删去。",
        "'%(name)s' has no %(key)s; remove it",
    ),
    "rubric_base": (
        "基础分base只与each同用。请写each，或删去base。",
        "base belongs to each; add each or remove base",
    ),
    "rubric_steps": (
        "各档须从低到高。请调整least的先后。",
        "the steps go from low to high; put them in order",
    ),
    "rubric_beyond": (
        "该档分值须在0至%(most)s之间。请修改points或max。",
        "the points of a step are between 0 and %(most)s; change points or max",
    ),
    "rubric_not_local": (
        "“%(name)s”不是由代表队自行组织的阶段，没有选拔情况可查。请改用写有hosts的阶段。",
        "the stage '%(name)s' is not held by the delegations; name one that has hosts",
    ),
}
