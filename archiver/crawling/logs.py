"""The log of a run: all that Scrapy and Kliping say, into the run's folder and nowhere else.

JSON lines are made here and not by a package for them: a formatter that encodes six fields is all that it takes.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from archiver.operating.tables import LogForm

NAMES: Final[Mapping[LogForm, str]] = MappingProxyType({"text": "log.txt", "json": "log.jsonl"})
"""The file in the run's folder, by `log` in kliping.toml."""

_OURS: Final = ("archiver", "warc")


class JsonLines(logging.Formatter):
    """One JSON object a record: time (ISO 8601, UTC), level, logger, outlet, message, exception."""

    def format(self, record: logging.LogRecord) -> str:
        """The object, without a line feed; null where a record has no outlet or no exception."""
        moment = datetime.fromtimestamp(record.created, UTC)
        return msgspec.json.encode(
            {
                "time": moment.isoformat(timespec="milliseconds"),
                "level": record.levelname,
                "logger": record.name,
                "outlet": getattr(getattr(record, "spider", None), "name", None),
                "message": _encodable(record.getMessage()),
                "exception": _encodable(self.formatException(record.exc_info)) if record.exc_info else None,
            }
        ).decode()


def _encodable(text: str) -> str:
    """The text with escapes for what no UTF-8 can hold, such as the odd bytes of an address."""
    return text.encode("utf-8", "backslashreplace").decode()


class LogFile(logging.FileHandler):
    """A log that a full disk cuts short, without a word: the run ends for the same reason, and says so."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Nothing: logging would show a traceback for each line."""

    def close(self) -> None:
        """Close the file, whatever of its last lines the disk takes."""
        with suppress(OSError):
            super().close()


@contextmanager
def log_to(folder: Path, form: LogForm) -> Iterator[None]:
    """Everything that is logged goes into the run's folder, nothing to the terminal."""
    handler = LogFile(folder / NAMES[form], encoding="utf-8", errors="backslashreplace")
    text = logging.Formatter("%(asctime)s [%(name)s] %(levelname)s: %(message)s")
    handler.setFormatter(JsonLines() if form == "json" else text)
    handler.setLevel(logging.INFO)
    ours = [logging.getLogger(name) for name in _OURS]
    levels = [logger.level for logger in ours]
    for logger in ours:
        logger.setLevel(logging.INFO)
    logging.root.addHandler(handler)
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)  # Scrapy has switched it on
        logging.root.removeHandler(handler)
        handler.close()
        for logger, level in zip(ours, levels, strict=True):
            logger.setLevel(level)
