"""Who signs in, who is a person of the season, and who is appointed to what."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.people.enums import Role
from leitai.units.models import Unit


class Account(AbstractUser):
    """How a person signs in."""

    display_name = models.CharField(_("姓名"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("账号")


class Person(models.Model):
    """Somebody of a body or place. `code` is opaque and stands in bundles and imported files."""

    code = models.CharField(_("人员代码"), max_length=32, unique=True)
    name = models.CharField(_("姓名"), max_length=50)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    account = models.OneToOneField(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )

    class Meta:
        verbose_name = _("人员")


class Appointment(models.Model):
    """A role over a subtree, in one season or (empty scope) in all, until a moment."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="appointments")
    role = models.CharField(_("职责"), max_length=16, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(_("赛季"), max_length=64, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("任命")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "unit", "scope"], name="appointment_once"
            )
        ]
