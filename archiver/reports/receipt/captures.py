"""What the WARC files say themselves: who made them, what they hold, what robots.txt was, what gave no answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlsplit

import msgspec

from archiver.article import Outcome
from archiver.reports.receipt.values import Absence, Origin, RobotsFile
from warc.errors import WarcReadError
from warc.message import parse_head
from warc.read import read_records
from warc.record import CAPTURES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from warc.read import Record

_OUTCOMES = frozenset(get_args(Outcome))


class _Permission(msgspec.Struct):
    robots: str


class _Metadata(msgspec.Struct):
    """The part of an article's metadata record that tells of robots.txt: see `archiver.catalog.content`."""

    article: msgspec.Raw
    permission: _Permission | None = None


@dataclass(slots=True)
class Survey:
    """What was found in some WARC files. `unread` says where one could not be read on."""

    records: Counter[str] = field(default_factory=Counter)
    origins: Counter[Origin] = field(default_factory=Counter)
    robots: dict[str, RobotsFile] = field(default_factory=dict)
    decisions: Counter[str] = field(default_factory=Counter)
    absences: dict[str, Absence] = field(default_factory=dict)
    first: str | None = None
    last: str | None = None
    truncated: int = 0
    rebuilt: int = 0
    unread: list[str] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Take note of a record."""
        self.records[record.ref.type] += 1
        match record.ref.type:
            case "warcinfo":
                self.origins[_origin(record)] += 1
            case "metadata" if (record.get("Content-Type") or "").startswith("application/json"):
                self._add_decision(record)
            case "metadata":
                self._add_note(record)
            case kind if kind in CAPTURES:
                self._add_capture(record)

    def _add_capture(self, record: Record) -> None:
        date = record.ref.date
        self.first = min(self.first or date, date)
        self.last = max(self.last or date, date)
        # A revisit leaves out its body on purpose, and says so in the same field (WARC 1.1, 6.7.2).
        self.truncated += record.ref.type != "revisit" and record.get("WARC-Truncated") is not None
        url = record.ref.url or ""
        if urlsplit(url).path == "/robots.txt":
            head = parse_head(record.block)
            status = (head.status if head else None) or 0
            known = self.robots.get(url) or RobotsFile(url=url, captures=0, first=date, last=date, statuses=())
            self.robots[url] = RobotsFile(
                url=url,
                captures=known.captures + 1,
                first=min(known.first, date),
                last=max(known.last, date),
                statuses=tuple(sorted({*known.statuses, status})),
            )

    def _add_decision(self, record: Record) -> None:
        try:
            found = msgspec.json.decode(record.block, type=_Metadata)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return  # some other program's
        self.decisions[found.permission.robots if found.permission else "not asked"] += 1

    def _add_note(self, record: Record) -> None:
        fields = _fields(record)
        self.rebuilt += fields.get("exact-bytes") == "no"
        url, outcome = record.ref.url, fields.get("outcome")
        if url is None or outcome not in _OUTCOMES:
            return
        known = self.absences.get(url)
        if known is None or known.time <= record.ref.date:
            self.absences[url] = msgspec.convert(
                {
                    "url": url,
                    "outcome": outcome,
                    "evidence": fields.get("evidence"),
                    "time": record.ref.date,
                    "run": None,
                },
                Absence,
            )


def survey(paths: Iterable[Path]) -> Survey:
    """Look through WARC files, one record at a time. Of a damaged one, what stands before the damage counts."""
    found = Survey()
    for path in paths:
        try:
            for record in read_records(path):
                found.add(record)
        except (WarcReadError, OSError) as error:
            found.unread.append(str(error))
    return found


def origins(found: Survey) -> tuple[Origin, ...]:
    """Who made the files, those of most files first."""
    return tuple(msgspec.structs.replace(origin, files=count) for origin, count in found.origins.most_common())


def _origin(record: Record) -> Origin:
    fields = _fields(record)
    return Origin(
        software=fields.get("software", "unknown"),
        operator=fields.get("operator"),
        contact=fields.get("contact"),
        user_agent=fields.get("http-header-user-agent"),
        robots=fields.get("robots"),
        settings_digest=fields.get("settings-digest"),
        synthetic="synthetic" in fields,
        files=0,
    )


def _fields(record: Record) -> dict[str, str]:
    lines = record.block.decode("utf-8", "replace").splitlines()
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
