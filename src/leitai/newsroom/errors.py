"""The sentences of this room's refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "newsroom_season_draft": _("本赛季尚未开启，不能报送和发布信息。请先开启赛季。"),
    "newsroom_no_unit": _("没有可以报送信息的单位。请联系组委会办公室任命单位管理员。"),
    "newsroom_not_editable": _("这条信息已经报送，不能再改。被退回后可以修改重报。"),
    "newsroom_not_handed_in": _("这条信息不在待处理之列，不能再退回、采用或不采用。请刷新页面。"),
    "newsroom_own_item": _("这条信息由您本人报送，请由宣传岗位的另一名人员处理。"),
    "newsroom_title_empty": _("没有填写标题。请填写。"),
    "newsroom_text_empty": _("类别为“信息”的须有正文。请填写，或改为“图片”“视频”。"),
    "newsroom_pictures_missing": _("类别为“图片”，但还没有上传图片。请上传，或改为其他类别。"),
    "newsroom_video_missing": _("类别为“视频”，但还没有上传视频。请上传，或改为其他类别。"),
    "newsroom_video_one": _("一条信息只能带一个视频。请删去多余的，或另报一条。"),
    "newsroom_media_many": _("图片和视频超过%(limit)s个。请删去一些，或分成几条。"),
    "newsroom_reason_empty": _("没有填写原因。请写明，以便报送单位修改。"),
    "newsroom_consent_missing": _(
        "“%(title)s”还没有说明出镜人员是否同意，不能发布。"
        "请填写谁出镜、以何种方式、何时征得同意；没有可辨认的人的，也请选明。"
    ),
    "newsroom_consent_withdrawn": _(
        "“%(title)s”的出镜人员已撤回同意，不能发布。请删去有关图片和视频，另写一条。"
    ),
    "newsroom_consent_names": _("选了“有可辨认的人”，但没有写明是谁。请填写姓名或可指认的称呼。"),
    "newsroom_consent_how": _("没有选择征得同意的方式。请选择。"),
    "newsroom_consent_on": _("没有填写征得同意的日期。请填写。"),
    "newsroom_consent_future": _("征得同意的日期晚于今天。请核对。"),
    "newsroom_alt_missing": _(
        "第%(number)s个图片或视频没有画面说明，看不见画面的人无从了解。请填写后发布。"
    ),
    "newsroom_poster_missing": _("视频没有封面图。请上传一张图片，并选为视频的封面。"),
    "newsroom_poster_wrong": _("封面须是同一条信息中的图片。请重新选择。"),
    "newsroom_published": _("这条新闻已经发布，不能再改。需要更改的，请先撤下。"),
    "newsroom_not_published": _("这条新闻没有在发布中。请刷新页面。"),
    "newsroom_not_removable": _("采用的稿件、发布过的新闻和已选入简报的不能删去。"),
    "newsroom_bulletin_published": _("这期简报已经发布，不能再改。需要更正的，请在下一期说明。"),
    "newsroom_bulletin_empty": _("这期简报还没有条目。请先从已采用的稿件中选入。"),
    "newsroom_bulletin_alt": _(
        "“%(title)s”的图片没有画面说明，看不见画面的人无从了解。"
        "请在“新闻公告”的稿件里填写，或者不刊登这张图片。"
    ),
    "newsroom_no_own": _("这条稿件没有组委会另加的图片和视频。随来稿来的，请在那条来稿里登记。"),
    "newsroom_bulletin_number": _("第%(number)s期已经有了。请核对期数。"),
    "picture_unreadable": _("读不出这张图片。请上传JPG、PNG或WebP图片。"),
    "newsroom_banner_alt": _("横幅图片没有画面说明。请填写。"),
    "newsroom_banner_many": _("横幅只能用一张图片。请只选一张。"),
}
