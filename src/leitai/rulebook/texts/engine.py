"""Texts about stages, ranking, advancement, awards and the engine's inputs."""

# ruff: noqa: E501  (a sentence stands on one line)

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    # ---- names
    "no_such_track": (
        "没有名为“%(name)s”的赛项。可用的赛项：%(allowed)s。",
        "there is no track '%(name)s'; the tracks are %(allowed)s",
    ),
    "no_such_board": (
        "没有名为“%(name)s”的排名。可用的排名：%(allowed)s。",
        "there is no board '%(name)s'; the boards are %(allowed)s",
    ),
    "board_reserved": (
        "“%(name)s”是系统自带排名的名称。请改名。",
        "'%(name)s' is the name of a board that every stage has; choose another",
    ),
    "no_such_fact": (
        "facts中没有“%(name)s”这类情况。可用的有：%(allowed)s。",
        "facts has no kind '%(name)s'; there are %(allowed)s",
    ),
    "no_such_value": (
        "“%(kind)s”没有“%(name)s”这个取值。可用的取值：%(allowed)s。",
        "'%(name)s' is no value of %(kind)s; the values are %(allowed)s",
    ),
    "figure_taken": (
        "“%(name)s”已是科目或总分的名称。请改名。",
        "'%(name)s' is an event's name or the total's; choose another",
    ),
    "figure_empty": (
        "“%(name)s”没有写明由哪些科目相加。请在sum中列出。",
        "'%(name)s' adds up nothing; list events under sum",
    ),
    "unused_fact": (
        "“%(name)s”没有任何规则用到。请删去或补上规则。",
        "no rule asks for facts of kind '%(name)s'; remove it or add one",
    ),
    "unused_beyond": (
        "“%(name)s”没有任何晋级规则通向它。请删去或补上规则。",
        "no rule of advancement leads to '%(name)s'; remove it or add one",
    ),
    "beyond_is_stage": (
        "“%(name)s”已是本赛季的阶段。请改名。",
        "'%(name)s' is a stage of this season; choose another name",
    ),
    "honour_needs_stage": (
        "按名次授予的，须写明阶段（stage）。",
        "an honour for ranks must name its stage",
    ),
    # ---- stages
    "tie_unanswered": (
        "此处有名额界线，但没有写明同分时怎么办。请在%(key)s写明（share、out、draw、vote、playoff、jury之一）。",
        "a line is drawn here, but what answers a tie at it is not said; give %(key)s (share, out, draw, vote, playoff or jury)",
    ),
    "trial_decides": (
        "“%(name)s”是试赛，不产生晋级和奖项。请删去相应规则或trial。",
        "'%(name)s' is a trial and decides nothing; remove its rules, or trial",
    ),
    "section_of_other_kind": (
        "%(kind)s类科目没有%(key)s。请删去，或更改kind。",
        "an event of kind %(kind)s has no %(key)s; remove it or change the kind",
    ),
    "section_missing": (
        "%(kind)s类科目须有%(key)s。请补上。",
        "an event of kind %(kind)s needs %(key)s; add it",
    ),
    "share_beyond": (
        "名额比例%(share)s%%应大于0、不超过100%%。百分之五写成5%%。",
        "a share of places is more than 0 and at most 100%%, not %(share)s%%; five per cent is written 5%%",
    ),
    "board_has_no_per": (
        "排名“%(name)s”没有按“%(per)s”分组。请在boards.%(name)s.per中写明，或删去per。",
        "the board '%(name)s' is not kept per '%(per)s'; say so under boards.%(name)s.per, or remove per",
    ),
    "track_reserved": (
        "各赛项合并计算团体成绩时，“%(name)s”已作合并后的名称。请改名。",
        "'%(name)s' is what a team score over all tracks is called; choose another name",
    ),
    "teams_together": (
        "各赛项合并计算的团体只能获奖，不能按团体晋级。请改按个人晋级，或分赛项计算团体成绩。",
        "teams over all tracks get awards and cannot advance; let individuals advance, or score teams apart",
    ),
    "reserves_of_teams": (
        "按团体晋级的规则不产生递补名单。请删去reserves。",
        "a rule that sends teams keeps no reserves; remove the key",
    ),
    "weights_sum": (
        "各项比例之和为%(sum)s%%，应为100%%。请核对；确非百分比的，请写明total.max。",
        "the shares add up to %(sum)s%%, not 100%%; check them, or give total.max if they are no shares of a whole",
    ),
    "total_max": (
        "按规则最高可得%(sum)s分，与满分%(max)s不符。请核对。",
        "the rules give %(sum)s at most, not %(max)s; check them",
    ),
    # ---- inputs
    "track_not_in_stage": (
        "“%(stage)s”不设“%(track)s”赛项。请核对。",
        "stage '%(stage)s' is not held for track '%(track)s'; check it",
    ),
    "carry_missing": (
        "没有可带入的%(stage)s成绩。请补上该阶段的成绩，或以“%(stage)s”为科目列出带入前的成绩。",
        "there is nothing of %(stage)s to carry in; give that stage's scores, or its totals as an event '%(stage)s'",
    ),
    "fact_not_day": (
        "“%(key)s”的值“%(value)s”不是日期。请写成如1990-01-31。",
        "the value '%(value)s' of '%(key)s' is no day; write it like 1990-01-31",
    ),
    "bench_peer_missing": (
        "没有安装%(name)s，无法对照测量。请先安装开发依赖。",
        "%(name)s is not installed, so there is nothing to measure against; install the development requirements",
    ),
}
