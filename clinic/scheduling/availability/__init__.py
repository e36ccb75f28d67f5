"""Free times, computed from rules and reservations in one SQL query each. Reading never writes."""

from clinic.scheduling.availability.slots import Slot, free_slots, nearest_free, next_free

__all__ = ["Slot", "free_slots", "nearest_free", "next_free"]
