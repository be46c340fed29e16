"""What a draw refuses, and what its verifier says, Chinese and English."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "draw_pool": (
        "抽签名单有重复、不足两个，或超过65536个（现有%(size)s个）。请核对名单。",
        "the pool has a name twice, or not 2 to 65536 names (%(size)s); check it",
    ),
    "draw_form": (
        "抽签清单的“%(field)s”一项缺失或不合格式。请补正。",
        "the manifest's '%(field)s' is missing or not in its form; mend it",
    ),
    "draw_key_part": (
        "“%(part)s”不能写入抽签的密钥串：只用字母和数字。",
        "'%(part)s' cannot stand in the key string: letters and digits only",
    ),
    "draw_secret": (
        "秘密数应为%(least)s至%(most)s位十六进制数（0-9、A-F）。请核对，或用“生成”产生。",
        "a secret has %(least)s to %(most)s hex digits (0-9, A-F); check it or have one made",
    ),
    "draw_parties": (
        "至少须有%(least)s方各自提交承诺，每方一份。",
        "at least %(least)s parties must commit, each once",
    ),
    "draw_commitment": (
        "承诺值应为64位十六进制数（秘密数的SHA-256）。请重新提交。",
        "a commitment is 64 hex digits, the SHA-256 of the secret; send it again",
    ),
    "draw_commitment_twice": (
        "有两方的承诺值相同。秘密数须由各方自行产生，请重新生成。",
        "two parties have the same commitment; each makes a secret of its own",
    ),
    "draw_source_early": (
        "公开数字的产生时间须晚于公开秘密数的截止时间。请调整时间。",
        "the public source must come after the deadline of the reveals; change the times",
    ),
    "draw_groups": (
        "公开数字的个数和范围不合规定：每组至少1个，最小值小于最大值，合计不超过%(most)s个。",
        "the numbers are out of form: one a group, low below high, %(most)s at most",
    ),
    "draw_stranger": (
        "限制条件中的“%(name)s”不在抽签名单内。请更正。",
        "'%(name)s' in a constraint is not in the pool; mend it",
    ),
    "draw_relax": (
        "放宽次序须把%(constraints)s项限制条件各写一次。",
        "the order of relaxing names each of the %(constraints)s constraints once",
    ),
    "draw_value": (
        "drand随机值应为64位十六进制数。请按公布的原文填写。",
        "a drand value has 64 hex digits; write it as published",
    ),
    "draw_numbers_count": (
        "公开数字的个数与清单不符，应为%(expected)s个。请核对。",
        "the count of public numbers is not the manifest's, %(expected)s; check it",
    ),
    "draw_number": (
        "数字%(number)s不在%(low)s至%(high)s之间。请核对。",
        "the number %(number)s is not between %(low)s and %(high)s; check it",
    ),
    "draw_ball_twice": (
        "同一组中号球出现了两次。请核对。",
        "a ball stands twice in its group; check it",
    ),
    "draw_call_stranger": (
        "“%(member)s”不在抽签名单内。",
        "'%(member)s' is not in the pool",
    ),
    "draw_call_twice": (
        "“%(member)s”已经登记过。如有差错，请用更正办理。",
        "'%(member)s' was keyed already; use a correction",
    ),
    "draw_call_taken": (
        "%(number)s号已经有人抽到。如有差错，请先更正原记录。",
        "number %(number)s was drawn already; correct that record first",
    ),
    "draw_call_number": (
        "抽到的号应为1至%(count)s的整数；按缺席办法由平台安排的，不填号。",
        "a number is 1 to %(count)s, and is left out where the rule for the absent gives it",
    ),
    "draw_call_mended": (
        "这条记录已经更正过。请刷新页面，更正最新的一条。",
        "this record was corrected already; correct the newest",
    ),
    "draw_call_missing": (
        "还有%(count)s个没有登记，例如“%(member)s”。缺席的请按缺席登记。",
        "%(count)s are not keyed yet, e.g. '%(member)s'; key the absent as absent",
    ),
    "draw_witnesses": (
        "须有%(least)s名不同的见证人，并写明姓名。",
        "%(least)s different witnesses with their names are needed",
    ),
    "draw_witness_keyed": (
        "%(name)s是录入人，不能兼任见证人。",
        "%(name)s keyed the draw and cannot be its witness",
    ),
}

# code → (holds, does not) in Chinese and in English
CLAIMS: Final[Mapping[str, tuple[tuple[str, str], tuple[str, str]]]] = {
    "form": (
        ("文件格式正确", "文件格式不对：%(why)s"),
        ("the file is in its form", "the file is not in its form: %(why)s"),
    ),
    "manifest": (
        ("清单与其哈希一致：%(hash)s", "清单与其哈希不一致：应为%(hash)s"),
        ("the manifest has its hash: %(hash)s", "the manifest's hash is %(hash)s"),
    ),
    "list": (
        ("冻结的名单与清单、哈希一致，共%(count)s个", "冻结的名单与清单或哈希不一致"),
        ("the frozen list fits pool and hash: %(count)s names", "the frozen list does not fit"),
    ),
    "reveal": (
        (
            "“%(name)s”公开的秘密数与事先的承诺一致，且未过截止时间",
            "“%(name)s”的秘密数缺失、与承诺不符，或晚于截止时间",
        ),
        (
            "%(name)s: the secret fits the commitment, in time",
            "%(name)s: the secret is missing, late, or does not fit the commitment",
        ),
    ),
    "source": (
        (
            "公开数字符合清单，产生时间晚于公开秘密数的截止时间",
            "公开数字与清单不符，或产生得太早：%(why)s",
        ),
        (
            "the public numbers fit the manifest and came after the reveals",
            "the public numbers do not fit, or came too early: %(why)s",
        ),
    ),
    "witnesses": (
        ("见证人%(count)s名：%(names)s", "见证人不足两名"),
        ("%(count)s witnesses: %(names)s", "fewer than two witnesses"),
    ),
    "key": (
        ("密钥串由清单哈希、秘密数和公开数字构成", "密钥串不是由清单哈希、秘密数和公开数字构成"),
        (
            "the key string is made of manifest, secrets and numbers",
            "the key string is not made of manifest, secrets and numbers",
        ),
    ),
    "attempt": (
        (
            "首次满足限制条件的尝试编号是%(attempt)s（从0起）",
            "首次满足限制条件的尝试编号不是%(attempt)s",
        ),
        (
            "attempt %(attempt)s is the first that keeps the constraints",
            "attempt %(attempt)s is not the first that keeps the constraints",
        ),
    ),
    "steps": (
        ("逐步重算一致，共%(count)s步", "第%(step)s步重算不一致"),
        ("every step recomputes: %(count)s", "step %(step)s does not recompute"),
    ),
    "order": (
        ("次序与重算一致：%(order)s", "次序与重算不一致，重算为：%(order)s"),
        ("the order is the recomputed one: %(order)s", "recomputed, the order is: %(order)s"),
    ),
    "events": (
        ("办理次序正确：发布、冻结、公开、取数、计算", "办理次序不对：%(why)s"),
        ("the steps came in their order", "the steps are out of order: %(why)s"),
    ),
    "finished": (
        ("抽签已完成", "抽签尚未完成或已终止，没有次序可核对"),
        ("the draw is finished", "the draw is not finished or was aborted: no order to check"),
    ),
    "hand": (
        ("人工抽签，不可重算：以下只核对记录自身是否完整", "人工抽签的记录不完整：%(why)s"),
        (
            "drawn by hand, cannot be recomputed: only the record itself is checked",
            "the record of the hand draw is incomplete: %(why)s",
        ),
    ),
}
