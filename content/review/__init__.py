"""Checks of what editors write: what a page says, and the rules that it should keep."""
