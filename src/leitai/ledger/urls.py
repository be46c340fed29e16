from __future__ import annotations

from django.urls import path

from leitai.ledger import views

app_name = "ledger"
urlpatterns = [path("ledger/<slug:season>/", views.chain, name="chain")]
