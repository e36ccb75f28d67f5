"""What a fault means for the message: try again, give up, or nobody knows."""

import smtplib

from clinic.messaging.smtp import Unanswered


class Undeliverable(Exception):
    """This message can never be sent as it is."""


class NotTaken(Exception):
    """Whoever should carry the message surely did not take it; later it may."""


def is_permanent(fault: Exception) -> bool:
    """Whether trying again is useless: 5xx replies (RFC 5321, 4.2.1) and addresses that no mail can have."""
    match fault:
        case Undeliverable() | smtplib.SMTPNotSupportedError():
            return True
        case smtplib.SMTPRecipientsRefused():
            return all(code >= 500 for code, _reply in fault.recipients.values())
        case smtplib.SMTPSenderRefused() | smtplib.SMTPDataError():
            return fault.smtp_code >= 500
    return False


def was_refused(fault: Exception) -> bool:
    """Whether the message surely did not leave, though sending it had begun."""
    if isinstance(fault, Unanswered):
        return False
    # smtplib's own faults are OSErrors too; so are a full disk and a lost connection before the text was sent.
    return isinstance(fault, OSError | Undeliverable | NotTaken)


def describe(fault: Exception) -> str:
    """One line for staff, at most 300 characters."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        fault_text = "; ".join(f"{code} {_readable(reply)}" for code, reply in fault.recipients.values())
    elif isinstance(fault, smtplib.SMTPResponseException):
        fault_text = f"{fault.smtp_code} {_readable(fault.smtp_error)}"
    else:
        fault_text = str(fault)
    return " ".join(f"{type(fault).__name__}: {fault_text}".split())[:300]


def _readable(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
