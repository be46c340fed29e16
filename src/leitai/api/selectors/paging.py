"""Pages of lists: a machine that counts on comes to an end, and never reads a page twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypedDict, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

from leitai.kernel.errors import DomainError

SIZE: Final = 100
M = TypeVar("M", bound=Model)
T = TypeVar("T")


class Place(TypedDict):
    """Where a page stands, as `schemas.Paged` says it."""

    page: int
    pages: int
    count: int


def page_of(rows: QuerySet[M], number: int) -> Page[M]:
    """Raises DomainError("api_page_unknown") beyond the last page."""
    return checked(Paginator(rows, SIZE).get_page(number), number)


def page_of_list(rows: Sequence[T], number: int) -> Page[T]:
    return checked(Paginator(rows, SIZE).get_page(number), number)


def checked(page: Page[T], number: int) -> Page[T]:
    """The page that was asked for; pages for people give the last one instead."""
    if page.number != number:
        raise DomainError("api_page_unknown", page=number, pages=page.paginator.num_pages)
    return page


def place_of(page: Page[Any]) -> Place:
    return Place(page=page.number, pages=page.paginator.num_pages, count=page.paginator.count)
