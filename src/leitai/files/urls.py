from __future__ import annotations

from django.urls import path

from leitai.files.views import downloads, uploads

app_name = "files"
urlpatterns = [
    path("files/up/", uploads.uploads, name="uploads"),
    path("files/up/<slug:token>", uploads.upload, name="upload"),
    path("files/<int:file>/<str:name>", downloads.download, name="download"),
]
