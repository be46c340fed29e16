from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.utils import timezone

from leitai.files import selectors, services
from leitai.files.views.holders import actor_of, holder_of
from leitai.web.urls import urlpatterns as house

PAGE = """{% extends "design/bare.html" %}
{% block title %}上传附件{% endblock %}
{% block main %}<h1>上传附件</h1>
<form method="post" enctype="multipart/form-data" class="lt-form">{% csrf_token %}
{% include "files/_upload.html" with kind="thing" owner="" label="附件" %}
<p class="acts-row"><button class="btn btn-primary">提交</button></p>
</form>
<h2>已提交</h2>{% include "files/_list.html" %}{% endblock %}"""


def page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        _take(request)
        return redirect("/things/")
    context = {"files": selectors.list_files("thing:1")}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def _take(request: HttpRequest) -> None:
    actor, at = actor_of(request), timezone.now()
    tokens = services.take_posted(
        actor=actor,
        holder=holder_of(request, make=True),
        kind="thing",
        owner="",
        tokens=request.POST.getlist("uploads"),
        plain=request.FILES.getlist("uploads_file"),
        at=at,
    )
    for token in tokens:
        services.attach(actor=actor, upload=token, kind="thing", owner="thing:1", at=at)


urlpatterns = [path("things/", page), *house]
