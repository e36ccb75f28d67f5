"""What of the desk is seen without signing in: the screen of a waiting room."""

from django.urls import path

from clinic.desk.views import waiting

app_name = "waiting"
urlpatterns = [
    path("<slug:key>/", waiting.screen, name="screen"),
    path("<slug:key>/board/", waiting.board, name="board"),
]
