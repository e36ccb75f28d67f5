from clinic.booking.models.codes import ContactCode
from clinic.booking.models.widgets import BookingWidget, WidgetHost, to_origin

__all__ = ["BookingWidget", "ContactCode", "WidgetHost", "to_origin"]
