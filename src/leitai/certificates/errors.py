"""What certificates refuse, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "certificates_not_confirmed": _("%(stage)s的成绩尚未确认，奖项未定，暂不能生成证书。"),
    "certificates_stale": _("%(stage)s的成绩有变动，待重新计算并确认后再生成证书。"),
    "certificate_glyph_missing": _(
        "“%(text)s”中的“%(character)s”字库中没有，会印成空框。请在LEITAI_FONTS指定的文件夹中"
        "放入含有该字的字体文件。"
    ),
    "certificate_prefix_long": _("证书编号的前缀%(prefix)s过长。请缩短竞赛规则或奖项的代码。"),
    "certificate_revoked": _("证书%(serial)s已于此前作废，不能重复办理。"),
    "certificate_reason_empty": _("请填写作废原因。"),
    "certificate_file_missing": _("证书%(serial)s的文件尚未生成。请由组委会办公室重新生成证书。"),
    "certificates_none": _("还没有证书。请先生成证书。"),
    "template_unknown": _("没有名为“%(template)s”的文书模板。"),
    "document_failed": _("文书“%(template)s”未能生成：%(detail)s"),
}
