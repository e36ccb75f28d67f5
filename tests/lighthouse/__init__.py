"""Lighthouse on the starter clinic, as a phone sees it: `python -m tests.lighthouse`."""
