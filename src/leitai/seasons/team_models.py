"""What makes an entry a team, and the people of one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.people.models import Person


class Teamed(models.Model):
    """An entry that may be a team: then `team` is its name, `members` are its people by number, and
    `person` is its captain, who is member 1.
    """

    team = models.CharField(_("队名"), max_length=40, blank=True, default="", db_default="")
    person: models.ForeignKey[Person, Person]

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """What lists, screens and results call the entry."""
        return self.team or self.person.name


class TeamMember(models.Model):
    """Somebody of a team that competes; the captain has number 1."""

    entry = models.ForeignKey("seasons.Entry", on_delete=models.CASCADE, related_name="members")
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="team_places")

    class Meta:
        verbose_name = _("队员")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="team_number_once"),
            models.UniqueConstraint(fields=["entry", "person"], name="team_member_once"),
        ]
