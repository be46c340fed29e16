"""What a verifier can find: codes, the places they name, and their sentences.

The codes and places are those of ``docs/formats/bundle.md``; both verifiers use them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from typing_extensions import override


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it must be: a code, the place, and what the sentence needs."""

    code: str
    where: str
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def text(self, lang: str = "zh") -> str:
        """Write it for people; ``lang`` is a language tag, English for ``en…``, else Chinese."""
        chinese, english = TEXTS[self.code]
        if lang.startswith("en"):
            return f"{self.where}: {english % self.data}"
        return f"{self.where}：{chinese % self.data}"

    @override
    def __str__(self) -> str:
        """Write code and Chinese sentence on one line."""
        return " ".join(f"{self.code} {self.text()}".split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found; ``fingerprint`` is the signer's, if the file could be read."""

    ok: bool
    fingerprint: str | None
    differences: tuple[Difference, ...]


class Unreadable(Exception):  # noqa: N818  (it carries the difference that stopped the reading)
    """The file cannot be read any further."""

    def __init__(self, code: str, where: str, **data: object) -> None:
        super().__init__(code)
        self.difference = Difference(code, where, data)


# What this package raises itself: code → (Chinese, English), for the edge to register.
ERRORS: Final[Mapping[str, tuple[str, str]]] = {
    "bundle_unreadable": (
        "结果包无法读取：%(why)s。请重新下载或索取原文件。",
        "the bundle cannot be read: %(why_en)s; get the original file again",
    ),
    "bundle_refused": (
        "不签署与规则不符的结果包，共%(count)s处，首处：%(why)s。请重新计算并确认成绩。",
        (
            "a bundle that does not hold is not signed; %(count)s differences, the first: "
            "%(why_en)s; compute and confirm the results again"
        ),
    ),
}

_ROWS: Final = {
    "entry": ("参赛对象", "entry"),
    "standing": ("排名记录", "standing"),
    "team": ("代表队记录", "team"),
    "advance": ("晋级记录", "advance"),
    "reserve": ("递补记录", "reserve"),
    "award": ("奖项记录", "award"),
    "honour": ("奖励记录", "honour"),
}


def _row_texts() -> dict[str, tuple[str, str]]:
    texts = {}
    for kind, (chinese, english) in _ROWS.items():
        texts[f"{kind}_missing"] = (
            f"缺少{chinese}：按规则应有%(expected)s",
            f"the {english} record is missing: the rules give %(expected)s",
        )
        texts[f"{kind}_extra"] = (
            f"多出{chinese}：按规则不应有%(found)s",
            f"the {english} record has no ground in the rules: %(found)s",
        )
        texts[f"{kind}_differs"] = (
            f"{chinese}的%(field)s不符：文件为%(found)s，按规则应为%(expected)s",
            (
                f"%(field)s of the {english} record: the file says %(found)s, "
                "the rules give %(expected)s"
            ),
        )
    return texts


# code → (Chinese, English)
TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    # the bytes
    "unfinished": (
        "文件为空或末行没有换行符，可能不完整",
        "the file is empty or its last line is cut",
    ),
    "not_canonical": ("第%(at)s字节处不是规范编码", "not canonical JSON at byte %(at)s"),
    "record_kind": ("不认识的记录种类", "not a record of a known kind"),
    "record_field": (
        "字段%(field)s缺失、多余或取值不合格式",
        "field %(field)s is missing, unknown or wrong",
    ),
    "record_order": ("记录的次序不对或重复", "the record is out of order or stands twice"),
    "record_missing": ("缺少这种记录", "the record is missing"),
    "format_unknown": ("不认识的结果包格式%(found)s", "unknown bundle format %(found)s"),
    "suite_unknown": ("不认识的签名算法%(found)s", "unknown suite %(found)s"),
    # the seal
    "signature_wrong": (
        "签名与内容不符：文件被改动过，或不是此密钥签署",
        "the signature is not of these bytes: they were changed or another key signed",
    ),
    "fingerprint_wrong": ("指纹不是该公钥的指纹", "the fingerprint is not that of the key"),
    "signer_unknown": (
        "签署者的公钥不是所信任的%(trusted)s",
        "signed by another key than the trusted %(trusted)s",
    ),
    "trust_unreadable": (
        "既不是指纹（lt1:加32位十六进制），也不是64位十六进制公钥",
        "neither a fingerprint (lt1: and 32 hex digits) nor a public key of 64 hex digits",
    ),
    "count_wrong": (
        "首条记录写明%(expected)s条，实有%(found)s条",
        "the header counts %(expected)s records, there are %(found)s",
    ),
    # the rulebook
    "rulebook_hash": ("规则的摘要不符", "the hash is not that of the canonical rulebook"),
    "rulebook_canonical": ("规则不是规范编码", "the rulebook is not canonical JSON"),
    "rulebook_text": ("规则的YAML文本与其规范编码不一致", "the YAML text says something else"),
    "rule_unknown": ("不认识的规则项", "a rule that this verifier does not know"),
    "rule_wrong": ("规则项不成立：%(problem)s", "the rule does not hold: %(problem_en)s"),
    # what was given
    "delegation_missing": (
        "缺少规则列明的代表队",
        "a delegation that the rulebook names is missing",
    ),
    "delegation_guest": ("是否计名额与规则不符", "guest or not: the rulebook says otherwise"),
    "stage_unknown": ("规则中没有这个阶段", "no such stage in the rulebook"),
    "track_unknown": ("规则中没有这个赛项", "no such track in the rulebook"),
    "delegation_unknown": ("没有这个代表队：%(delegation)s", "no such delegation: %(delegation)s"),
    "person_twice": (
        "同一人在同一阶段有两条参赛记录",
        "this person has another entry in the stage",
    ),
    "track_not_in_stage": ("该阶段不设此赛项", "the stage is not held for this track"),
    "fact_stranger": ("此人没有参赛记录", "the person has no entry"),
    "fact_unread": ("没有规则用到这项事实", "no rule of the rulebook reads this fact"),
    "fact_unknown": (
        "这类事实没有known记录",
        "there is no record that facts of this kind and key are known",
    ),
    "fact_not_decimal": ("应为数值而不是%(value)s", "must be a decimal, not %(value)s"),
    "fact_not_day": ("应为日期而不是%(value)s", "must be a day, not %(value)s"),
    "title_unread": ("没有奖励用到这项称号", "no honour of the rulebook asks for this title"),
    "tie_key_wrong": (
        "同分比较项与规则不符",
        "the tie key is not one that follows from the rulebook",
    ),
    "event_unknown": ("这个阶段没有此比赛科目", "the stage has no such event"),
    "entry_unknown": ("没有这个参赛对象", "no such entry"),
    "score_decimals": ("小数位数超过规定", "more decimal places than the event has"),
    "score_range": ("得分不在允许的范围内", "not within the bounds of the event"),
    "score_key_unknown": ("不认识的同分比较项%(key)s", "unknown tie key %(key)s"),
    "score_key_missing": ("缺少同分比较项%(key)s", "tie key %(key)s is missing"),
    "score_missing": ("缺少成绩（缺考也应有记录）", "there is no score (absence needs one, too)"),
    "carry_missing": ("没有可带入的成绩", "there is nothing to carry in"),
    "resolution_order": ("应列明对象，各一次", "must name somebody, each once"),
    "resolution_conflict": (
        "同一界线的同一并列另有一条不同的处理",
        "the same tie is answered in another way at the same line",
    ),
    "line_unknown": ("这个阶段没有此界线", "the stage has no such line"),
    "inputs_wrong": ("%(problem)s", "%(problem_en)s"),
    # what follows
    "tie_open": (
        "影响结果而没有处理记录（%(needs)s）：%(entries)s",
        "open for want of an answer (%(needs)s): %(entries)s",
    ),
    "resolution_unused": (
        "此处没有须由它决定的事项，不应有处理记录",
        "there is nothing here that it decides",
    ),
    **_row_texts(),
}
