"""A password is nobody's name or number."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leitai.base import sealing
from leitai.people.models import Account, Person, Personal

LONG_ENOUGH: Final = 4  # what is shorter may stand inside a password by chance
_NUMBERS: Final = ("id_number", "phone", "staff_number")


class OwnDataValidator:
    """Refuses what colleagues know: name, login name, phone, ID and staff number, birthday."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        said = _plain(password)
        person = getattr(user, "person", None) if user and user.pk else getattr(user, "for_", None)
        for own in _own(user, person):
            inside = len(own) >= LONG_ENOUGH and own in said
            if said == own or inside or said in own:
                raise ValidationError(
                    _(
                        "密码不能用姓名、登录名、手机号码、身份证号码（或其中一段）、工号。请换一个。"
                    ),
                    code="password_own",
                )

    def get_help_text(self) -> str:
        return _("不能用姓名、手机号码、身份证号码、工号或生日。")


def for_person(person: Person, username: str) -> Account:
    """An account that is not yet made, for judging a password."""
    account = Account(username=username, display_name=person.name)
    account.for_ = person  # type: ignore[attr-defined]  # read by the validator above
    return account


def _own(user: AbstractBaseUser | None, person: Person | None) -> Iterator[str]:
    if isinstance(user, Account):
        yield from filter(None, (_plain(user.username), _plain(user.display_name)))
    if person is None:
        return
    yield _plain(person.name)
    personal = Personal.objects.filter(person=person).first()
    for field in _NUMBERS:
        sealed = getattr(personal, field, "")
        if sealed:
            yield _plain(sealing.open_sealed(sealed, place=f"person:{person.pk}:{field}"))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
