from django.urls import path

from clinic.booking.views import details, doctors, services, times, visits

app_name = "booking"
urlpatterns = [
    path("doctors/", doctors.doctors, name="doctors"),
    path("doctors/<slug:slug>/", doctors.doctor, name="doctor"),
    path("services/", services.services, name="services"),
    path("services/<slug:slug>/", services.service, name="service"),
    path("book/", services.start, name="start"),
    path("book/<slug:slug>/", times.times, name="times"),
    # Before the tokens: a service may be called "visit".
    path("book/<slug:slug>/hold/", times.hold, name="hold"),
    path("book/<slug:slug>/details/", details.details, name="details"),
    path("book/visit/<str:token>/", visits.visit, name="visit"),
    path("book/visit/<str:token>/calendar.ics", visits.calendar, name="calendar"),
    path("book/cancel/<str:token>/", visits.cancel, name="cancel"),
]
