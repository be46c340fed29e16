"""The door of the interface: how often one may ask, and answers that machines read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from leitai.api import answers, doors
from leitai.kernel.errors import DomainError

View = Callable[[HttpRequest], HttpResponseBase]


class AnswerMiddleware:
    """Stands before all that may answer with a page: below `/api/` nothing does."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(answers.ROOT):
            return self.get_response(request)
        return answers.finished(request, self._answer(request))

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            doors.asking(request, at=timezone.now())
        except DomainError as error:
            return answers.refused(request, error)
        return answers.as_json(request, self.get_response(request))
