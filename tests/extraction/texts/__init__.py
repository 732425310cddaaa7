"""Texts of many outlets' shapes with a verdict on each line; the stories in them are invented."""

from dataclasses import dataclass
from pathlib import Path

_VERDICTS = {"=": None, "-": "remove", ">": "reroute"}


@dataclass(frozen=True)
class Text:
    """A text and what becomes of each of its lines: None (kept), "remove" or "reroute"."""

    name: str
    lines: tuple[str, ...]
    expected: tuple[str | None, ...]


def read(collection: str) -> list[Text]:
    """The texts of `outlets.txt` or `lookalikes.txt`, which stand beside this module."""
    file = Path(__file__).with_name(f"{collection}.txt")
    return [_text(part) for part in file.read_text(encoding="utf-8").split("\n## ")[1:]]


def _text(part: str) -> Text:
    name, *rows = part.rstrip("\n").split("\n")
    rows = [row for row in rows if row]
    return Text(name, tuple(row[2:] for row in rows), tuple(_VERDICTS[row[0]] for row in rows))
