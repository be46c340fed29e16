from __future__ import annotations

from django.urls import path

from leitai.messages.views import complaining, complaints, inbox, links

app_name = "messages"
urlpatterns = [
    path("inbox/", inbox.listed, name="inbox"),
    path("inbox/read/", inbox.read_all, name="read-all"),
    path("inbox/settings/", inbox.choices, name="choices"),
    path("inbox/<int:message>/", inbox.detail, name="message"),
    path("inbox/<int:message>/read/", inbox.read_one, name="read"),
    path("g/<str:code>", links.go, name="go"),
    path("g/<str:code>/poster", links.poster, name="poster"),
    path("complain/", complaining.complain, name="complain"),
    path("complain/track/", complaining.track, name="track"),
    path("complain/track/more/", complaining.follow, name="follow"),
    path("complaints/", complaints.listed, name="complaints"),
    path("complaints/<int:complaint>/", complaints.one, name="complaint"),
    path("complaints/<int:complaint>/accept/", complaints.accept, name="accept"),
    path("complaints/<int:complaint>/answer/", complaints.answer, name="answer"),
    path("complaints/<int:complaint>/transfer/", complaints.transfer, name="transfer"),
    path("complaints/<int:complaint>/close/", complaints.close, name="close"),
]
