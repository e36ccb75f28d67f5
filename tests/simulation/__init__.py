"""A clinic's day played against the running portal, and what it leaves behind checked against what was promised."""
