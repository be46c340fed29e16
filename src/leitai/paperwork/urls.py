from __future__ import annotations

from django.urls import path

from leitai.paperwork.views import desk, exports, payments, templates

app_name = "paperwork"
urlpatterns = [
    path("office/<slug:season>/papers/", desk.desk, name="desk"),
    path("office/<slug:season>/papers/make/", desk.make, name="make"),
    path("office/<slug:season>/papers/costs/", desk.costs, name="costs"),
    path("office/<slug:season>/papers/payments/", payments.payments, name="payments"),
    path("office/<slug:season>/papers/made/", exports.exports, name="exports"),
    path("office/<slug:season>/papers/made/<int:export>/", exports.export, name="export"),
    path("office/<slug:season>/papers/made/<int:export>/file/", exports.download, name="download"),
    path("office/<slug:season>/papers/templates/new/", templates.add, name="template-add"),
    path(
        "office/<slug:season>/papers/templates/packaged/",
        templates.packaged,
        name="templates-packaged",
    ),
    path(
        "office/<slug:season>/papers/templates/<int:number>/",
        templates.template,
        name="template",
    ),
    path(
        "office/<slug:season>/papers/templates/<int:number>/replace/",
        templates.replace,
        name="template-replace",
    ),
    path(
        "office/<slug:season>/papers/templates/<int:number>/remove/",
        templates.remove,
        name="template-remove",
    ),
    path(
        "office/<slug:season>/papers/templates/<int:number>/source/",
        templates.source,
        name="template-source",
    ),
    path(
        "office/<slug:season>/papers/templates/<int:number>/preview/",
        templates.preview,
        name="preview",
    ),
    path(
        "office/<slug:season>/papers/templates/<int:number>/preview.pdf",
        templates.preview_pdf,
        name="preview-pdf",
    ),
    path("office/<slug:season>/papers/templates/<int:number>/fill/", templates.fill, name="fill"),
    path(
        "office/<slug:season>/papers/templates/<int:number>/numbers/",
        templates.numbers,
        name="fill-numbers",
    ),
]
