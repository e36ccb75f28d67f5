"""Many bookings from one connection: somebody fills a calendar with people who do not exist, or sends codes."""

from clinic.lib.floods import Limit

BOOKINGS = Limit("bookings", setting="BOOKINGS_PER_VISITOR")
CODES = Limit("codes", setting="CODES_PER_VISITOR")
