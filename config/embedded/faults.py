class StartFault(Exception):
    """The clinic cannot start. The text is one line that says what is wrong and what to do."""
