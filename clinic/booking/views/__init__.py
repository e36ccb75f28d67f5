"""The visitor's face of scheduling. Everything works without JavaScript, without an account and without a session.

How a program books, as the form does (`<language>` is "en" or "ar", times are ISO 8601 with an offset):

    GET  /<language>/book/<service>/details/?practitioner=<slug>&location=<slug>&start=<time>
         200, or 409 when the time is not free; sets the CSRF cookie. Optional `hold`, a token.
    POST /<language>/book/<service>/details/
         `practitioner`, `location`, `start` (or `slot`: the three joined by "~"), `name`, `phone`, `email`,
         `note` (optional), `key` (8 to 64 of A-Z a-z 0-9 _ -), `hold` (optional), `csrfmiddlewaretoken`;
         of a service that asks for a code, or where `rules.MOST_COMING_VISITS` coming visits of one phone or e-mail
         are not confirmed with one, in a second request the same and `code`, or `again` for a new one
         200  a code was sent to the phone or the e-mail address, and this page asks for it
         303  booked: Location is the visit's page; the same key with the same data gives the same answer
         409  the time is taken or not offered (the page names the nearest free ones), or the key was used before
              with other data
         422  something typed is at fault, among it more than `rules.MOST_PROVEN_VISITS`
              coming visits confirmed with codes to one phone or e-mail, or a wrong code
         429  too many bookings of one connection, or too many codes
         404  no such service, practitioner, location or time
    POST /<language>/book/<service>/hold/
         `practitioner`, `location`, `start` (or `slot`), `hold` (optional, released first); needs no CSRF token
         303  kept for ten minutes: Location is the details page with `hold` in its query
         409  the time is taken
"""
