"""Dates as news pages print them, Indonesian above all, and as machines write them: text → instant.

A `Moment` keeps what was said apart from what was assumed: whether a time, seconds and a zone were given. The zone of
a time without one is the outlet's; the caller says which that is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

_MONTHS = {
    **dict.fromkeys(("jan", "januari", "january"), 1),
    **dict.fromkeys(("feb", "peb", "februari", "pebruari", "february"), 2),
    **dict.fromkeys(("mar", "mrt", "maret", "march"), 3),
    **dict.fromkeys(("apr", "april"), 4),
    **dict.fromkeys(("mei", "may"), 5),
    **dict.fromkeys(("jun", "juni", "june"), 6),
    **dict.fromkeys(("jul", "juli", "july"), 7),
    **dict.fromkeys(("agu", "ags", "agt", "agust", "agustus", "aug", "august"), 8),
    **dict.fromkeys(("sep", "sept", "september"), 9),
    **dict.fromkeys(("okt", "oct", "oktober", "october"), 10),
    **dict.fromkeys(("nov", "nop", "november", "nopember"), 11),
    **dict.fromkeys(("des", "dec", "desember", "december"), 12),
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?:senin|selasa|rabu|kamis|jum['’`]?at|sabtu|minggu|ahad|mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?"
_ZONES = {"wib": 7, "wita": 8, "wit": 9, "gmt": 0, "utc": 0}

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:\s*[T ]\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE
)
_TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?\s*(?P<half>[ap]m\b)?"
_PRINTED = re.compile(
    rf"(?:{_DAY}\s*[,/|-]?\s*)?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s./-]+(?P<month>{_MONTH}|\d{{1,2}})\b\.?,?[\s./-]+(?P<year>\d{{4}})"
    rf"|(?P<month2>{_MONTH})\b\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}}))"
    rf"(?:[\s,|/•·-]*(?:pukul|jam|at)?\s*{_TIME}(?:\s*\(?(?P<zone>WIB|WITA|WIT|GMT|UTC)\b(?P<offset>\s*[+-]\d{{1,2}})?\)?)?)?"
    rf"(?:\s*(?P<numeric>[+-]\d\d:?\d\d))?",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?P<count>(?<!\d)\d{1,4}|se)\s*(?P<unit>detik|menit|jam|hari|minggu|pekan|bulan|tahun|second|minute|hour|day|week|month|year)s?"
    r"\s+(?:yang\s+)?(?:lalu|ago)",
    re.IGNORECASE,
)
_SECONDS = {
    **dict.fromkeys(("detik", "second"), 1),
    **dict.fromkeys(("menit", "minute"), 60),
    **dict.fromkeys(("jam", "hour"), 3600),
    **dict.fromkeys(("hari", "day"), 86400),
    **dict.fromkeys(("minggu", "pekan", "week"), 7 * 86400),
    **dict.fromkeys(("bulan", "month"), 30 * 86400),
    **dict.fromkeys(("tahun", "year"), 365 * 86400),
}
_HINT = re.compile(r"\d\d\d\d|lalu|ago|LALU|AGO|Lalu|Ago")
"""A year, or the last word of a relative date: what every date holds."""

_RESIDUE = re.compile(
    rf"{_DAY}|wib|wita|wit|tayang|diperbarui|update|updated|published|dipublikasikan|[\s,.:;|/•·()\-–]+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as it was given. `wall` is naive; `offset` None where no zone was said.

    `precision` is "day", "minute" or "second".
    """

    wall: datetime
    offset: timedelta | None
    precision: str

    def instant(self, zone: timezone) -> datetime:
        """The aware instant; a missing zone is `zone`."""
        return self.wall.replace(tzinfo=zone if self.offset is None else timezone(self.offset))

    def iso(self, zone: timezone) -> str:
        """ISO 8601 with offset, or `YYYY-MM-DD` where no time was given."""
        if self.precision == "day":
            return self.wall.date().isoformat()
        return self.instant(zone).isoformat(timespec="seconds")


def parse(text: str) -> Moment | None:
    """The first date in the text, with its time where there is one; None where there is none or an impossible one."""
    iso = _ISO.search(text)
    if iso:
        return _moment(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6], _offset(iso[7]))
    for match in _PRINTED.finditer(text):
        found = _printed(match)
        if found:
            return found
    return None


def is_date(text: str) -> bool:
    """Whether the text is a date, absolute or relative, and nothing else."""
    if _HINT.search(text) is None:
        return False
    match = _PRINTED.search(text) or _RELATIVE.search(text) or _ISO.search(text)
    if match is None:
        return False
    rest = text[: match.start()] + text[match.end() :]
    return not _RESIDUE.sub("", rest)


def parse_relative(text: str, now: datetime) -> Moment | None:
    """Read "3 jam lalu", counted back from the capture: a minute's precision within a day, else a day's."""
    match = _RELATIVE.search(text)
    if match is None:
        return None
    count = 1 if match["count"].lower() == "se" else int(match["count"])
    seconds = count * _SECONDS[match["unit"].lower()]
    if seconds > 200 * 365 * 86400:
        return None
    then = now - timedelta(seconds=seconds)
    return Moment(then.replace(tzinfo=None), then.utcoffset(), "minute" if seconds < 86400 else "day")


def latest_date(text: str) -> date | None:
    """The latest absolute date printed in the text, for finding what speaks of a later time than the article."""
    found = (_printed(match) for match in _PRINTED.finditer(text))
    return max((moment.wall.date() for moment in found if moment), default=None)


def _printed(match: re.Match[str]) -> Moment | None:
    month = (match["month"] or match["month2"]).lower()
    number = str(_MONTHS[month]) if month in _MONTHS else month
    hour = match["hour"]
    if hour and match["half"]:
        hour = str(int(hour) % 12 + (12 if match["half"].lower() == "pm" else 0))
    offset = _offset(match["numeric"])
    if offset is None and match["zone"]:
        hours = int(match["offset"]) if match["offset"] else _ZONES[match["zone"].lower()]
        offset = timedelta(hours=hours)
    day, year = match["day"] or match["day2"], match["year"] or match["year2"]
    return _moment(year, number, day, hour, match["minute"], match["second"], offset)


_FIRST_YEAR, _LAST_YEAR = 1500, 2999
"""Other years are placeholders of a content system (`0001-01-01T00:00:00Z`); they also cannot bear a zone's shift."""


def _moment(
    year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None, offset: timedelta | None
) -> Moment | None:
    try:
        wall = datetime(  # noqa: DTZ001 - the wall clock's time; the zone is kept beside it
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0)
        )
    except ValueError:
        return None
    if not _FIRST_YEAR <= wall.year <= _LAST_YEAR:
        return None
    if hour is None:
        return Moment(wall, None, "day")
    return Moment(wall, offset, "second" if second else "minute")


def _offset(text: str | None) -> timedelta | None:
    if text is None:
        return None
    if text in "Zz":
        return timedelta(0)
    digits = text[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if size >= timedelta(hours=15):
        return None
    return -size if text[0] == "-" else size
