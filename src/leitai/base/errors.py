"""The edge speaks the language: codes of the core become sentences of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leitai.base.words import placed
from leitai.kernel import texts as kernel_texts
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.keyring import texts as keyring_texts
from leitai.rulebook import texts as rulebook_texts
from leitai.rulebook.bundle.differences import ERRORS as BUNDLE_TEXTS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_TEXTS: dict[str, StrOrPromise] = {
    "problems": _("有问题需要更正。"),
    "forbidden": _("您没有办理此事的权限。请联系组委会办公室。"),
    "not_found": _("没有找到，可能已移动或尚未公布。"),
    "too_many_tries": _("尝试次数过多，请过%(minutes)s分钟再试。"),
    "text_nul": _("提交的文字里含有不可见的控制字符。请重新键入，不要从别处粘贴。"),
    "file_missing": _("没有找到文件%(file)s。请核对路径。"),
    "database_foreign": _("文件夹%(folder)s里的数据库不是由本系统建立的。请另选文件夹。"),
    "database_missing": _("没有找到PostgreSQL。请运行make setup，或用PG_BIN指明其程序文件夹。"),
    "database_silent": _("数据库没有应答。请查看%(log)s。"),
    "database_command": _("数据库命令%(command)s未成功：%(said)s"),
    "database_root": _(
        "以root运行时需要用户命名空间（unshare），或把文件夹%(folder)s交给一个普通用户。"
    ),
    "keys_gone": _(
        "已有数据库，却没有密钥：%(folder)s是空的。请先把密钥文件夹的备份放回原处，再启动。"
    ),
    "backup_not_empty": _("文件夹%(folder)s里已有文件。请另选一个空文件夹存放备份。"),
    "backup_unreadable": _("文件夹%(folder)s里没有完整的备份。请检查manifest.json是否在其中。"),
    "backup_spoilt": _("备份文件%(file)s与清单不符，可能已损坏。请换用另一份备份。"),
    "restore_not_empty": _("%(folder)s里已有数据。请把LEITAI_HOME指向一个新文件夹再恢复。"),
    "not_canonical": _("第%(at)s字节处不是规范编码。"),
}


def register(texts: Mapping[str, StrOrPromise]) -> None:
    """Add a room's sentences; a code has one home."""
    for code, text in texts.items():
        if code in _TEXTS and _TEXTS[code] is not text:
            raise ValueError(code)
        _TEXTS[code] = text


def _spoken(chinese: str, english: str) -> str:
    return english if (get_language() or "").startswith("en") else chinese


# The pure floors bring their sentences in both languages, since they know no gettext.
for _pairs in (kernel_texts.TEXTS, keyring_texts.TEXTS, rulebook_texts.TEXTS, BUNDLE_TEXTS):
    register({code: lazy(_spoken, str)(*pair) for code, pair in _pairs.items()})


def codes() -> frozenset[str]:
    return frozenset(_TEXTS)


def text_of(error: DomainError | Problem) -> str:
    """The sentence in the reader's language: place and mend."""
    if isinstance(error, Problems):
        return "\n".join(text_of(problem) for problem in error.problems)
    sentence = str(_TEXTS[error.code]) % dict(error.data)
    if isinstance(error, Problem) and error.place:
        return placed(error.place, sentence)
    return sentence
