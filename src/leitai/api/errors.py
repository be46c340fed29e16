"""The sentences of this room's refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "api_sign_in": _("这项内容须登录后读取。请先在网页上登录。"),
    "api_steps": _("登录后还有步骤没有办完（阅读须知、第二步验证等）。请先在网页上办完再读取。"),
    "api_token_needed": _(
        "这项内容须凭令牌读取：请求头Authorization填“Bearer 令牌”。"
        "令牌由该赛季的组委会办公室签发，须在有效期内且未停用。"
    ),
    "api_token_season": _(
        "这个令牌只能读取赛季%(season)s。要读取别的赛季，请向该赛季的组委会办公室另行申请。"
    ),
    "api_value": _("参数%(names)s的值不合要求。请对照/api/1/openapi.json更正。"),
    "api_page_unknown": _("没有第%(page)s页，一共%(pages)s页。"),
    "api_method": _("这个地址只供读取。请改用GET。"),
    "api_request": _("请求不合格式。请对照/api/1/openapi.json更正。"),
    "api_accident": _("系统出错，没有办成。请稍后再试；仍不行的，请联系系统运维人员。"),
    "api_certificate_unknown": _(
        "登记中没有编号%(serial)s的证书。请核对编号；无误仍查不到的，不是由本平台颁发。"
    ),
    "api_token_label": _("请填写令牌的用途，如“省平台读取报送名单”。"),
    "api_token_days": _("有效期须为1天至%(most)s天。"),
    "api_token_gone": _("令牌“%(label)s”已经停用。"),
}
