"""Text messages and reminders. Mail stands in `base`."""

from datetime import time
from pathlib import Path

from config.env import env

SMS_FOLDER: Path = env.data_dir / "sms"
SMS_GATEWAY = "clinic.messaging.sms.web.WebGateway" if env.sms_url else "clinic.messaging.sms.folder.FolderGateway"
SMS_URL, SMS_KEY, SMS_SENDER = env.sms_url, env.sms_key, env.sms_sender
SMS_TIMEOUT = 10  # seconds for one step of the conversation; twice that for the whole answer

# From and until. Equal times mean that no hour is quiet.
QUIET_HOURS = tuple(time.fromisoformat(part) for part in env.quiet_hours.split("-"))
