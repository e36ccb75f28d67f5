from content.models.media import ClinicDocument, ClinicImage, ClinicRendition

__all__ = ["ClinicDocument", "ClinicImage", "ClinicRendition"]
