from django.urls import path

from home.website_data import views

app_name = "website_data"
urlpatterns = [
    path("website-data/", views.show, name="show"),
    path("update-redis/", views.update, name="update"),
    path("", views.nothing_here),
    path("<path:rest>", views.nothing_here),
]
