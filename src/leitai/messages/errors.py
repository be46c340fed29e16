"""What messages, short links and complaints refuse, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "message_quiet_half": _("请同时填写免打扰的开始和结束时间，或都不填。"),
    "message_quiet_always": _("这样全天都不能发送。请缩短免打扰时间，或取消相应的接收方式。"),
    "channel_provider_unknown": _(
        "没有找到发送%(channel)s的程序“%(provider)s”。请核对设置，写法为“包.模块:类”或“file:路径”。"
    ),
    "share_path_foreign": _("短链接只能指向本平台的页面。"),
    "share_link_long": _("链接过长，分享文字放不进%(limit)s字。请缩短LEITAI_PUBLIC_URL。"),
    "complaint_text_empty": _("请写下要反映的情况。"),
    "complaint_text_long": _("内容共%(length)s字，超过%(limit)s字。请缩短，详细材料可作为附件。"),
    "complaint_season_unknown": _("没有这个赛季。请从赛季页面重新进入投诉建议。"),
    "complaint_twice": _("这份内容已经收到，没有重复登记。请用先前给出的查询码查看办理情况。"),
    "complaint_files_many": _("附件最多%(limit)s个。请减少，或合并成一个文件。"),
    "complaint_robot": _("页面上有一栏应当留空，却填了内容。请清空后重新提交。"),
    "complaint_code_wrong": _("没有找到这个查询码。请对照提交后显示的16位字母和数字核对。"),
    "complaint_closed": _("这件投诉建议已办结，不能再补充。如有新情况，请重新提交。"),
    "complaint_followed": _("已经补充过一次。如有新情况，请重新提交。"),
    "complaint_reply_empty": _("请填写要告知反映人的内容。"),
    "complaint_state": _("这件投诉建议现在是“%(state)s”，不能这样办理。请刷新页面后再看。"),
}
