"""Free times, computed from rules and reservations in one SQL query each. Reading never writes."""

from clinic.scheduling.availability.reasons import Reason, Why, reasons
from clinic.scheduling.availability.slots import Slot, free_slots, nearest_free, next_free

__all__ = ["Reason", "Slot", "Why", "free_slots", "nearest_free", "next_free", "reasons"]
