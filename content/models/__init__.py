from content.models.media import ClinicDocument, ClinicImage, ClinicRendition
from content.models.standard import StandardPage

__all__ = ["ClinicDocument", "ClinicImage", "ClinicRendition", "StandardPage"]
