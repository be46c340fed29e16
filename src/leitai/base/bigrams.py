"""Search by parts of words through a bigram index: Chinese words of two characters are found.

A room that searches a column puts `GinIndex(Bigrams("name"), name="…_bigrams")` on its model.
"""

from __future__ import annotations

from typing import TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, Model, QuerySet, TextField, Value

M = TypeVar("M", bound=Model)


class Bigrams(Func):
    """Every two neighbouring characters of a text, as the index keeps them."""

    function = "leitai_bigrams"
    output_field = ArrayField(TextField())


def containing(rows: QuerySet[M], column: str, words: str) -> QuerySet[M]:
    """The rows whose column holds every one of the words, which white space separates."""
    for word in words.split():
        if len(word) > 1:
            rows = rows.alias(**{f"{column}_bigrams": Bigrams(column)}).filter(
                **{f"{column}_bigrams__contains": Bigrams(Value(word))}
            )
        rows = rows.filter(**{f"{column}__icontains": word})
    return rows
