"""Processes that are killed at moments drawn from a seed, hundreds of times, and what is left then."""
