"""Text messages: written in the language of their reader, handed to a gateway that the settings name."""

from clinic.messaging.sms.gateways import Gateway, gateway, sms_is_sent
from clinic.messaging.sms.texts import TextMessage, compose, segments

__all__ = ["Gateway", "TextMessage", "compose", "gateway", "segments", "sms_is_sent"]
