"""What files refuse, as sentences. Each names the place and the mend."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "files_kind_unknown": _("本系统不接收这类文件。请从办理事项的页面上传。"),
    "files_name_missing": _("缺少文件名。请重新选择文件。"),
    "files_length_missing": _("没有说明文件大小。请重新选择文件。"),
    "files_empty": _("“%(name)s”是空文件。请检查后重新选择。"),
    "files_too_large": _("“%(name)s”过大。每个文件不超过%(limit)s，请压缩或拆分后上传。"),
    "files_plain_too_large": _(
        "“%(name)s”超过%(limit)s，普通方式无法上传。请换用较新的浏览器并启用脚本后上传。"
    ),
    "files_quota": _(
        "已上传的同类文件共%(used)s，加上本文件将超过%(limit)s。请先移除不需要的文件。"
    ),
    "files_disk_full": _("服务器存储空间不足，暂不能接收文件。请联系系统管理员。"),
    "files_type": _("“%(name)s”的格式不在接收范围内。可上传的格式：%(types)s。"),
    "files_type_differs": _(
        "“%(name)s”的内容与扩展名不符。请用原来的软件打开后另存为%(extension)s格式再上传。"
    ),
    "files_old_office": _("“%(name)s”是旧版Office格式。请另存为docx、xlsx或pptx后上传。"),
    "files_unsafe": _("“%(name)s”中夹带了其他格式的内容，不能接收。请导出一份新文件后上传。"),
    "files_broken": _("“%(name)s”不完整或已损坏，无法读取。请确认能正常打开后重新上传。"),
    "files_image_large": _("图片“%(name)s”超过%(limit)s万像素。请缩小后上传。"),
    "files_text_encoding": _("“%(name)s”不是UTF-8编码的文本。请另存为UTF-8编码后上传。"),
    "files_text_active": _("“%(name)s”中含有网页代码，不能接收。请删去后上传。"),
    "files_macros": _("“%(name)s”带有宏或控件。请另存为不含宏的文件后上传。"),
    "files_archive_entries": _("“%(name)s”中的文件超过%(limit)s个。请分成几个压缩包上传。"),
    "files_archive_unpacked": _("“%(name)s”解压后过大，不能接收。请分成几个压缩包上传。"),
    "files_archive_encrypted": _("“%(name)s”已加密。请去掉密码后上传。"),
    "files_archive_path": _("“%(name)s”中有不规范的文件路径。请重新压缩后上传。"),
    "files_archive_program": _("“%(name)s”中含有程序文件%(entry)s。请去掉后重新压缩上传。"),
    "files_archive_method": _("“%(name)s”的压缩方式不常用。请用普通zip方式重新压缩后上传。"),
    "files_offset": _("续传的位置不对，服务器已收到%(offset)s字节。请从该处继续。"),
    "files_busy": _("该文件正在另一处上传。请稍候再继续。"),
    "files_crowded": _("同时上传的人较多，稍候会自动继续。"),
    "files_gone": _("上传已超过%(hours)s小时未完成，需要重新上传。"),
    "files_checksum": _("这一段数据在传输中出错，将自动重传。"),
    "files_checksum_unknown": _("不支持该校验方式。请用sha1或sha256。"),
    "files_protocol": _("上传请求不符合tus 1.0协议。请刷新页面后重试。"),
    "files_signed_out": _("登录已过期。请在新窗口登录后继续上传，已传部分不会丢失。"),
    "files_not_ready": _("“%(name)s”还在上传或检查。请稍候再提交。"),
    "files_refused": _("“%(name)s”未通过检查，不能提交。请移除后重新上传。"),
    "files_attached": _("“%(name)s”已提交过，不能重复使用。请重新上传。"),
    "files_elsewhere": _("“%(name)s”是为其他事项上传的，不能用在这里。请重新上传。"),
}
