"""Who waits for a time, and who is offered the next one.

An entry is a wish: a service, anyone or one practitioner, days and times. A freed time is kept by a hold and offered
to the entry that has waited longest and that it fits; it is accepted, declined, or ends by itself, and goes to the
next. What is due is found in the tables, so a bell that did not ring (`waking`) only makes it a minute later.

Whoever changes an entry or its offers locks the entry first, then resources; see `actions.seats`.
"""
