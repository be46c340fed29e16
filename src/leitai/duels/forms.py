"""What a player sends."""

from __future__ import annotations

from django.http import QueryDict

MOST_BLANKS = 20
MOST_TEXT = 200


def read_answer(post: QueryDict) -> tuple[int, str | list[str]]:
    """The number of the question and the answer: letters, T or F, or a text for each blank."""
    number = post.get("n", "")
    n = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    given = [one[:MOST_TEXT] for one in post.getlist("answer")[:MOST_BLANKS]]
    if post.get("type") == "blank":
        return n, given
    return n, "".join(sorted(given))
