"""Many bookings from one connection: somebody fills a calendar with people who do not exist."""

from clinic.lib.floods import Limit

BOOKINGS = Limit("bookings", setting="BOOKINGS_PER_VISITOR")
