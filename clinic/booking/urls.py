from django.urls import path

from clinic.booking.views import (
    confirm,
    details,
    doctors,
    feeds,
    free_times,
    move,
    services,
    times,
    visits,
    waitlist,
    widget,
)

app_name = "booking"
urlpatterns = [
    path("doctors/", doctors.doctors, name="doctors"),
    path("doctors/<slug:slug>/", doctors.doctor, name="doctor"),
    # Never stored by the page cache, unlike what stands above and below.
    path("doctors/<slug:slug>/times/", free_times.doctor_times, name="doctor_times"),
    path("next-free/", free_times.next_free, name="next_free"),
    path("services/", services.services, name="services"),
    path("services/<slug:slug>/", services.service, name="service"),
    path("book/", services.start, name="start"),
    path("book/<slug:slug>/", times.times, name="times"),
    # Before the tokens: a service may be called "visit".
    path("book/<slug:slug>/month/", times.month, name="month"),
    path("book/<slug:slug>/day/", times.day, name="day"),
    path("book/<slug:slug>/hold/", times.hold, name="hold"),
    path("book/<slug:slug>/details/", details.details, name="details"),
    path("book/<slug:slug>/waitlist/", waitlist.join, name="waitlist"),
    path("book/waitlist/<str:token>/", waitlist.waiting, name="waiting"),
    path("book/offer/<str:token>/", waitlist.offer, name="offer"),
    path("book/visit/<str:token>/", visits.visit, name="visit"),
    path("book/visit/<str:token>/calendar.ics", visits.calendar, name="calendar"),
    path("book/confirm/<str:token>/", confirm.confirm, name="confirm"),
    path("book/move/<str:token>/", move.move, name="move"),
    path("book/cancel/<str:token>/", visits.cancel, name="cancel"),
    path("widget/", widget.services, name="widget"),
    path("widget/<slug:slug>/", widget.times, name="widget_times"),
    path("calendars/<str:token>/visits.ics", feeds.feed, name="feed"),
]
