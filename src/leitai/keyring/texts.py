"""The keyring's errors as sentences, Chinese and English: the edge chooses the language."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "keyring_unnamed": (
        "没有指定密钥文件夹。请设置%(variable)s。",
        "no key directory is named; set %(variable)s",
    ),
    "keyring_missing": (
        "没有密钥文件夹%(path)s。请运行leitai keys init。",
        "there is no key directory %(path)s; run leitai keys init",
    ),
    "keyring_open": (
        "密钥文件夹%(path)s的权限%(mode)s过宽。请运行chmod 700。",
        "the key directory %(path)s is open to others (%(mode)s); run chmod 700 on it",
    ),
    "key_spoilt": (
        "密钥文件%(path)s已损坏。请用备份恢复。",
        "the key file %(path)s is spoilt; restore it from a backup",
    ),
    "key_missing": (
        "没有用途为%(purpose)s的密钥%(id)s。请核对密钥文件夹。",
        "there is no key %(id)s for %(purpose)s; check the key directory",
    ),
    "key_not_signing": (
        "用途为%(purpose)s的密钥%(id)s不能签名。",
        "the key %(id)s for %(purpose)s does not sign",
    ),
    "key_not_sealing": (
        "用途为%(purpose)s的密钥%(id)s不能加密。",
        "the key %(id)s for %(purpose)s does not seal",
    ),
    "key_current": (
        "密钥%(id)s正在使用（用途%(purpose)s），不能删除。请先更换。",
        "the key %(id)s for %(purpose)s is in use and stays; rotate it first",
    ),
    "key_in_use": (
        "还有%(values)s个值没有换到新密钥。请先运行leitai keys rotate %(purpose)s --resume。",
        "%(values)s values are not under the new key; run leitai keys rotate %(purpose)s --resume",
    ),
    "key_kept": (
        "用途为%(purpose)s的旧密钥仍用于核验以往的签名和凭证，不能删除。",
        "old keys for %(purpose)s still verify what was signed with them and stay",
    ),
    "wrapped_malformed": (
        "加密内容的格式不对，可能不完整。请重新取得。",
        "the sealed text has another form, perhaps it was cut; fetch it again",
    ),
}
