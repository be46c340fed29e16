from __future__ import annotations

from django.urls import path

from leitai.results import views

app_name = "results"
urlpatterns = [
    path("s/<slug:season>/results/<slug:stage>/", views.public, name="public"),
    path("s/<slug:season>/results/<slug:stage>/<int:version>/why/", views.why, name="why"),
    path("office/<slug:season>/results/<slug:stage>/", views.office, name="office"),
    path("office/<slug:season>/results/<slug:stage>/compute/", views.compute, name="compute"),
    path(
        "office/<slug:season>/results/<slug:stage>/<int:version>/resolve/<int:index>/",
        views.resolve,
        name="resolve",
    ),
    path(
        "office/<slug:season>/results/<slug:stage>/<int:version>/held/<int:index>/",
        views.resolve_held,
        name="resolve-held",
    ),
    path(
        "office/<slug:season>/results/<slug:stage>/<int:version>/confirm/",
        views.confirm,
        name="confirm",
    ),
    path(
        "office/<slug:season>/results/<slug:stage>/<int:version>/publish/",
        views.publish,
        name="publish",
    ),
    path("office/<slug:season>/bundle/", views.bundle, name="bundle"),
]
