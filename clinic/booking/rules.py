"""Limits of what visitors may do by themselves; the desk has none of them."""

DAYS_ON_A_PAGE = 7
# So many free times are few: a month shows the day as nearly taken.
FEW_TIMES = 3
DOCTORS_ON_A_PAGE = 12
NEAREST_TIMES = 5
# Whose next free time one request may ask for; static/js/times.js asks in as many parts as it needs.
DOCTORS_ASKED_AT_ONCE = 24
# Coming visits that one phone number or one e-mail address may hold: a family's, not a flood. Anybody can type a
# number, so from there on its owner proves it with a code; then those booked with one count, and end with a call.
MOST_COMING_VISITS = 8
MOST_PROVEN_VISITS = 16
# Of all idempotency keys that this site's form sends; the keys themselves are random.
SENDER = "site"
# Of the code that proves a contact; a right one proves for as long as choosing another time may take.
CODE_DIGITS = 6
CODE_MINUTES = 10
PROOF_MINUTES = 30
MOST_ATTEMPTS = 5
