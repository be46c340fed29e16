"""How items read on a page."""

from django import template
from django.utils.translation import gettext

from leitai.bank.models import ItemVersion, RepairRow
from leitai.base.errors import text_of
from leitai.base.words import clauses
from leitai.kernel.errors import Problem

register = template.Library()


@register.filter
def key_text(version: ItemVersion) -> str:
    """AC; 对; 甲或乙；丙."""
    if version.type == "truefalse":
        return gettext("对") if version.key == "T" else gettext("错")
    if version.type == "blank":
        return clauses(gettext("或").join(variants) for variants in version.key or ())
    return str(version.key)


@register.filter
def lacking(row: RepairRow) -> list[str]:
    """Why the row waits, a sentence each."""
    return [text_of(Problem(column, code)) for code, column in row.data["problems"]]
