"""People in care, and which of them were found to be one person or two."""

from clinic.patients.models.merges import Distinction, Merge, MovedRow
from clinic.patients.models.patients import FIRST_FILE, Patient

__all__ = ["FIRST_FILE", "Distinction", "Merge", "MovedRow", "Patient"]
