"""A service's refusal on the form that asked."""

from __future__ import annotations

from django import forms

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems


def refuse(form: forms.Form, error: DomainError) -> None:
    """Say what a service refused, under the field that its place names."""
    if not isinstance(error, Problems):
        form.add_error(None, text_of(error))
        return
    for one in error.problems:
        at = one.place if one.place in form.fields else None
        form.add_error(at, text_of(DomainError(one.code, **one.data)))
