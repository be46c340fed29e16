from django.urls import path

from leitai.design import views

app_name = "design"
urlpatterns = [
    path("design/", views.gallery, name="gallery"),
    path("design/icon.svg", views.icon, name="icon"),
    path("exam/worker.js", views.exam_worker, name="exam-worker"),
    path("practice/worker.js", views.practice_worker, name="practice-worker"),
]
