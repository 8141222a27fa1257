"""Logs on standard error: lines for people, or one JSON object a line for programs."""

import datetime
import json
import logging
import sys

from index.errors import SettingError
from index.settings import Settings
from web.serving.observing import ACCESS, REQUEST_ID

FORMS = ("off", "plain", "json")


class Plain(logging.Formatter):
    """A line with time, level, the request's id and the message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s [%(request_id)s] %(message)s")


class Json(logging.Formatter):
    """One JSON object a line; what a record tells of a request is among its members."""

    def format(self, record: logging.LogRecord) -> str:
        """Give a record as JSON."""
        when = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        told = {
            "time": when.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
            **getattr(record, "request", {}),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def log_to_stderr(settings: Settings) -> None:
    """Send warnings, and with the setting `access_log` a line for each request, to standard error.

    Raises SettingError where that setting is none of its choices.
    """
    if settings.access_log not in FORMS:
        raise SettingError(f"access_log cannot be {settings.access_log!r}", remedy=f"Give one of: {', '.join(FORMS)}")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if settings.access_log == "json" else Plain())
    handler.addFilter(_identify)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    ACCESS.setLevel(logging.WARNING if settings.access_log == "off" else logging.INFO)


def _identify(record: logging.LogRecord) -> bool:
    record.request_id = REQUEST_ID.get()
    return True
