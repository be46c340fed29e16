from django.urls import path

from leitai.bank import views

app_name = "bank"
urlpatterns = [
    path("bank/", views.banks, name="banks"),
    path("bank/import/", views.take_in, name="import"),
    path("bank/<str:code>/", views.items, name="items"),
    path("bank/<str:code>/repairs/", views.repairs, name="repairs"),
    path("bank/<str:code>/reports/", views.reports, name="reports"),
    path("bank/<str:code>/reports/<int:report>/answer/", views.answer, name="report-answer"),
]
