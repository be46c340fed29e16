from __future__ import annotations

from django.urls import path

from leitai.certificates import views

app_name = "certificates"
_DESK = "office/<slug:season>/certificates/"
urlpatterns = [
    path("c/", views.lookup, name="lookup"),
    path("c/v/", views.code, name="code"),
    path("c/v/data.js", views.data, name="data"),
    path("c/v/keys.json", views.keys, name="keys"),
    path("c/v/status.json", views.status, name="status"),
    path("c/keys/", views.fingerprints, name="fingerprints"),
    path("c/offline.zip", views.offline, name="offline"),
    path("c/<str:serial>/", views.verify, name="verify"),
    path("c/<str:serial>/pdf/", views.pdf, name="pdf"),
    path("unit/<slug:season>/certificates/", views.unit, name="unit"),
    path(_DESK, views.office, name="office"),
    path(f"{_DESK}issue/", views.issue, name="issue"),
    path(f"{_DESK}inspect/", views.inspect, name="inspect"),
    path(f"{_DESK}batch/<int:batch>/", views.batch, name="batch"),
    path(f"{_DESK}design/<str:award>/", views.design, name="design"),
    path(f"{_DESK}design/<str:award>/preview/", views.preview, name="preview"),
    path(f"{_DESK}replace/", views.replace, name="replace"),
    path(f"{_DESK}revoke/", views.revoke, name="revoke"),
    path(f"{_DESK}titles/", views.titles, name="titles"),
    path(f"{_DESK}titles/issue/", views.issue_title, name="titles-issue"),
    path(f"{_DESK}titles/lost/", views.revoke_lost, name="titles-lost"),
    path(f"{_DESK}titles/revoke/", views.revoke_title, name="titles-revoke"),
    path(f"{_DESK}titles/all.pdf", views.title_papers, name="titles-papers"),
    path(f"{_DESK}all.pdf", views.papers, name="papers"),
    path(f"{_DESK}award/<str:award>/all.pdf", views.papers, name="award-papers"),
]
