"""What people fill in to check a certificate, and the office to revoke one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class LookupForm(forms.Form):
    serial = forms.CharField(
        label=_("证书编号"), max_length=60, help_text=_("印在证书左下角，二维码旁。")
    )


class RevokeForm(forms.Form):
    serial = forms.CharField(label=_("证书编号"), max_length=60)
    reason = forms.CharField(label=_("作废原因"), max_length=200)
