"""Who is affected by an absence, and where their visits could go. Reading never writes."""

from clinic.scheduling.absences.affected import affected_by, asked_by, to_work_off, work_left
from clinic.scheduling.absences.proposals import proposals

__all__ = ["affected_by", "asked_by", "proposals", "to_work_off", "work_left"]
