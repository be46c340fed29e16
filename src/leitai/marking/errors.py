"""What marking refuses, as sentences."""

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "journal_broken": _(
        "答卷%(sitting)s的作答流水从第%(seq)s批起与校验值不符，未予阅卷。请保留数据库现场，报告监督仲裁组。"
    ),
    "journal_short": _(
        "答卷%(sitting)s应有%(final)s批作答流水，实有%(found)s批，未予阅卷。请保留数据库现场，报告监督仲裁组。"
    ),
    "points_not_exact": _(
        "第%(number)s题得%(points)s分，不能用两位小数精确表示。请在竞赛规则中调整分值或部分得分办法。"
    ),
    "score_not_exact": _(
        "“%(name)s”为%(value)s，不能用%(decimals)s位小数精确表示。请更正竞赛规则中的小数位数。"
    ),
    "exam_key_unknown": _("竞赛规则中的同分项“%(key)s”不是考试能得出的。可用：%(known)s。"),
}
