"""What certificates refuse, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "certificates_not_confirmed": _("%(stage)s的成绩尚未确认，奖项未定，暂不能生成证书。"),
    "certificates_stale": _("%(stage)s的成绩有变动，待重新计算并确认后再生成证书。"),
    "certificate_fallen": _(
        "成绩更正后有%(count)s张证书须换发。请先在“奖项与证书”页面提出换发，由另一名人员批准。"
    ),
    "certificate_none_fallen": _("现有证书均与已确认的奖项一致，没有须换发的证书。"),
    "certificate_no_titles": _("本赛季的竞赛规则没有设练兵称号，不生成称号证书。"),
    "certificate_none_lost": _("现有称号证书的称号均未失去，没有须作废的证书。"),
    "certificate_glyph_missing": _(
        "%(holder)s（%(award)s）：%(part)s“%(text)s”中的“%(character)s”字库中没有，会印成空框。"
        "请在LEITAI_FONTS指定的文件夹中放入含有该字的字体文件。"
    ),
    "certificate_overflow": _(
        "%(holder)s（%(award)s）：%(part)s过长，缩小后仍排不下。请缩短文字，或改用另一种版式。"
    ),
    "certificate_field_unknown": _(
        "文字中的“{%(field)s}”不是可用的字段。请从页面所列字段中选用，或删去花括号。"
    ),
    "certificate_braces": _("“%(text)s”中的花括号不成对。请补齐，或删去。"),
    "certificate_text_long": _("%(part)s最多%(limit)s字，请缩短。"),
    "certificate_holder_alike": _(
        "获奖单位一行须有“{获奖者}”或“{代表队}”，否则各单位的证书写的是同一个名称。"
    ),
    "certificate_design_unknown": _("没有这种版式或日期写法，请重新选择。"),
    "certificate_picture_gone": _("版式所用的图片已不在文件库中，请重新上传后再办理。"),
    "certificate_batch_running": _("证书正在生成，请等待完成后再办理。"),
    "certificate_page_unbuilt": _("查验页面的脚本尚未构建。请先运行make build，再导出。"),
    "certificate_prefix_long": _("证书编号的前缀%(prefix)s过长。请缩短竞赛规则或奖项的代码。"),
    "certificate_revoked": _("证书%(serial)s已于此前作废，不能重复办理。"),
    "certificate_reason_empty": _("请填写原因。"),
    "certificate_file_missing": _("证书%(serial)s的文件尚未生成。请由组委会办公室重新生成证书。"),
    "certificates_none": _("还没有证书。请先生成证书。"),
    "template_unknown": _("没有名为“%(template)s”的文书模板。"),
    "document_failed": _("文书“%(template)s”未能生成：%(detail)s"),
}
