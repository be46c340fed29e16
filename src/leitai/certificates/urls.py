from __future__ import annotations

from django.urls import path

from leitai.certificates import views

app_name = "certificates"
urlpatterns = [
    path("c/", views.lookup, name="lookup"),
    path("c/<str:serial>/", views.verify, name="verify"),
    path("c/<str:serial>/pdf/", views.pdf, name="pdf"),
    path("office/<slug:season>/certificates/", views.office, name="office"),
    path("office/<slug:season>/certificates/issue/", views.issue, name="issue"),
    path("office/<slug:season>/certificates/revoke/", views.revoke, name="revoke"),
    path("office/<slug:season>/certificates/all.pdf", views.papers, name="papers"),
]
