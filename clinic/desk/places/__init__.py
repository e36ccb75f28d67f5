"""Rooms and devices: their weeks, what was done to them, and how much they are used."""
