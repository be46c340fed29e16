"""The sentences of this room's refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "lecture_chapter_form": _(
        "章节第%(row)s行“%(text)s”不完整。请写成“分:秒 标题”，例如“03:20 申请条件”。"
    ),
    "lecture_chapter_order": _("章节第%(row)s行的时间不晚于上一行。请按先后顺序填写。"),
    "lecture_chapter_late": _("章节第%(row)s行的时间超出了视频的长度（%(length)s）。请更正。"),
    "lecture_chapters_many": _("章节最多%(limit)s个。请精简。"),
    "lecture_cue_form": _(
        "字幕第%(row)s行“%(text)s”的时间有误。请写成“00:03:20.000 --> 00:03:25.000”，"
        "结束时间须晚于开始时间。"
    ),
    "lecture_cue_order": _("字幕第%(row)s行的时间早于上一条。请按先后顺序排列。"),
    "lecture_cues_many": _("文字稿最多%(limit)s段。请精简或合并。"),
    "lecture_cue_long": _("文字稿第%(row)s行超过%(limit)s字。请分成几段。"),
    "lecture_text_broken": _("字幕文件不是UTF-8编码的文本。请另存为UTF-8编码后再上传。"),
    "lecture_text_large": _("字幕文件超过%(limit)s。请检查是否选错了文件。"),
    "lecture_length_unknown": _(
        "读不出“%(name)s”的时长。请用剪辑软件另存为普通的mp4（H.264）后再上传。"
    ),
    "lecture_act_unknown": _("竞赛规则里没有可以计入讲座的“%(act)s”。请从列出的活动中选择。"),
    "lecture_published": _("“%(title)s”已经发布，不能修改。请先撤下，改好后再发布。"),
    "lecture_not_published": _("“%(title)s”没有发布，不用撤下。"),
    "lecture_video_missing": _("还没有上传视频，不能发布。请先上传视频并保存。"),
    "lecture_check_missing": _("已规定须答对检查题，但还没有选检查题。请先选题，或改为看满比例。"),
    "lecture_reason_empty": _("请填写撤下的原因（不超过%(limit)s字），学员可以看到。"),
    "lecture_begun": _("“%(title)s”已有学员观看，不能删去。可以撤下，学员的记录会保留。"),
    "lecture_item_foreign": _("这道题不在本赛季的练习题库里。请从列出的试题中选择。"),
    "lecture_item_twice": _("这道题已经选过。"),
    "lecture_items_many": _("检查题最多%(limit)s道。请先移去一道。"),
    "lecture_report_wrong": _("观看进度的格式不对，没有记录。请刷新页面后继续观看。"),
    "lecture_question_early": _("请先看满视频的%(share)s%%，再回答检查题。"),
    "lecture_answer_empty": _("还没有作答。请选择或填写答案后再提交。"),
}
