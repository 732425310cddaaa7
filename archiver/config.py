"""kliping.toml: who crawls, into which archive, which outlets, and within which bounds.

The file is optional, every key of it too. It is looked for in the working directory, or named with `--config`.
A key that is not known is an error: a typo must not leave a crawl without its contact or its delay.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

import archiver
from archiver.drift.settings import Drift
from archiver.duration import parse_duration
from archiver.errors import ConfigError
from archiver.operating.tables import Heartbeat, LogForm, Metrics, Notify
from archiver.outlets import DEFAULT_MODULES
from archiver.toml import convert

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME: Final = "kliping.toml"
CONTACT_VARIABLE: Final = "KLIPING_CONTACT"
NOTIFY_VARIABLE: Final = "KLIPING_NOTIFY"
HEARTBEAT_VARIABLE: Final = "KLIPING_HEARTBEAT"
POLITE_DELAY: Final = 1.0
"""Seconds: the shortest delay between two requests to a host that is not this machine."""

PRODUCT: Final = f"Kliping/{archiver.__version__}"
"""The name in the user agent, and before the slash the one that robots.txt rules are looked up by."""

_CONTACT = re.compile(r"(?:mailto:)?[^\s@:/]+@[^\s@]+\.[^\s@]+|https?://[^\s/]+\.\S+")

_EXAMPLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "contact": 'contact = "archive@example.org"',
        "operator": 'operator = "Arsip Berita"',
        "archive": 'archive = "archive"',
        "outlets": 'outlets = ["spiders"]',
        "outlet_dirs": 'outlet_dirs = ["outlets"]',
        "fixtures": 'fixtures = "fixtures"',
        "delay": "delay = 2.0",
        "timeout": "timeout = 60.0",
        "retries": "retries = 2",
        "max_wait": "max_wait = 600.0",
        "max_refusals": "max_refusals = 5",
        "requests_per_hour": "requests_per_hour = 1200",
        "limit": "limit = 200",
        "max_time": 'max_time = "50m"',
        "revisits": 'revisits = ["1h", "24h", "7d"]',
        "requisites": "requisites = true",
        "source_pages": "source_pages = 50",
        "max_page_bytes": "max_page_bytes = 16_000_000",
        "max_source_bytes": "max_source_bytes = 64_000_000",
        "warc_bytes": "warc_bytes = 1_000_000_000",
        "log": 'log = "json"',
        "drift.enabled": "enabled = false",
        "drift.tolerance": "tolerance = 4.0",
        "drift.quarantine_after": "quarantine_after = 3",
        "notify.targets": 'targets = ["mailtos://user:password@mail.example.org?to=archive@example.org"]',
        "notify.when": 'when = ["failure", "drift", "recovery"]',
        "notify.remind": "remind = 24.0",
        "notify.timeout": "timeout = 10.0",
        "metrics.textfile": 'textfile = "/var/lib/prometheus/node-exporter/kliping.prom"',
        "heartbeat.url": 'url = "https://hc.example.org/ping/4f2a"',
        "heartbeat.timeout": "timeout = 10.0",
    }
)


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What kliping.toml says, with defaults for what it doesn't. Sizes are bytes, times seconds."""

    contact: str | None = None
    """A mail address or a web page: where a webmaster reaches whoever crawls. A crawl needs one."""
    operator: str | None = None
    """Who crawls, in words; it goes into each WARC file's warcinfo."""
    archive: Path = Path("archive")
    """The archive folder; in the file it is relative to the file's own folder."""
    outlets: tuple[str, ...] = DEFAULT_MODULES
    """Python modules that declare outlets."""
    outlet_dirs: tuple[Path, ...] = ()
    """Folders of further outlet files; in the file they are relative to the file's own folder."""
    fixtures: Path = Path("fixtures")
    """Where fixtures lie, by outlet; in the file it is relative to the file's own folder."""
    delay: Annotated[float, Meta(ge=0)] = 2.0
    """Mean time between two requests to one host; each wait is varied by half of it."""
    timeout: Annotated[float, Meta(gt=0)] = 60.0
    retries: Annotated[int, Meta(ge=0, le=10)] = 2
    """How often a request is repeated after a timeout, a lost connection, a 429 or a 5xx."""
    max_wait: Annotated[float, Meta(ge=0)] = 600.0
    """A host that answers 429 or 503 is given the pauses that it asks for, so long in all; then it is left alone."""
    max_refusals: Annotated[int, Meta(ge=1)] = 5
    """After so many refusals (401, 403, challenges) in a row a host is not asked any more in the run."""
    requests_per_hour: Annotated[int, Meta(ge=1)] | None = None
    """At most so many requests to one host in an hour, of all runs into the archive; what is beyond is `deferred`."""
    limit: Annotated[int, Meta(ge=1)] | None = None
    """At most so many articles of an outlet are fetched in a run; the others are `deferred`."""
    max_time: Annotated[float, Meta(gt=0)] | None = None
    """After so long a run begins nothing new; what is left is `deferred`. In the file also written `50m`, `1h30m`."""
    revisits: tuple[Annotated[float, Meta(gt=0)], ...] = (3600.0, 86_400.0, 604_800.0)
    """How long after its first capture an address is fetched again, each time once; empty means never."""
    requisites: bool = False
    """Whether the images, styles, scripts and fonts of captured pages are captured too."""
    source_pages: Annotated[int, Meta(ge=1)] = 50
    """At most so many documents are read from one source: its further listing pages, its part sitemaps."""
    max_page_bytes: Annotated[int, Meta(ge=1)] = 16_000_000
    max_source_bytes: Annotated[int, Meta(ge=1)] = 64_000_000
    warc_bytes: Annotated[int, Meta(ge=1)] = 1_000_000_000
    """A WARC file that has grown beyond this is closed and the next one begun."""
    log: LogForm = "text"
    """How the log of a run is written: lines to read (log.txt), or an object a line (log.jsonl)."""
    drift: Drift = Drift()
    notify: Notify = Notify()
    metrics: Metrics = Metrics()
    heartbeat: Heartbeat = Heartbeat()

    @property
    def user_agent(self) -> str:
        """What servers are told: the program, its version and whom to turn to."""
        if self.contact is None:
            return PRODUCT
        address = self.contact if ":" in self.contact else f"mailto:{self.contact}"
        return f"{PRODUCT} (+{address})"


def find_config(directory: Path | None = None) -> Path | None:
    """The kliping.toml of the directory (default: the working directory), or None."""
    path = (directory or Path.cwd()) / FILE_NAME
    return path if path.is_file() else None


def load_config(path: str | Path | None = None, *, environ: Mapping[str, str] = os.environ) -> Config:
    """The configuration of the file at `path`, else of the working directory's kliping.toml, else the defaults.

    `KLIPING_CONTACT` overrides the file's contact, `KLIPING_NOTIFY` (addresses with spaces between them) the targets
    of notices, `KLIPING_HEARTBEAT` the heartbeat's address: these hold secrets, and containers are given them so.
    Raises `ConfigError`, which names file, key and remedy.
    """
    found = Path(path) if path is not None else find_config()
    config = Config() if found is None else _read(found)
    if contact := environ.get(CONTACT_VARIABLE):
        config = with_changes(config, contact=contact)
    if targets := environ.get(NOTIFY_VARIABLE):
        config = with_changes(config, notify=_changed(config.notify, targets=targets.split()), origin=NOTIFY_VARIABLE)
    if url := environ.get(HEARTBEAT_VARIABLE):
        config = with_changes(config, heartbeat=_changed(config.heartbeat, url=url), origin=HEARTBEAT_VARIABLE)
    return config


def with_changes(config: Config, *, origin: str | None = None, **changes: object) -> Config:
    """The same configuration with other values, checked as those of the file are; None changes nothing.

    `origin` says in the error where a value came from: a file's name; without it the key alone is named.
    """
    given = {key: value for key, value in changes.items() if value is not None}
    if not given:
        return config
    values = msgspec.structs.asdict(config) | given
    return _convert(values, origin)


def check_contact(config: Config, *, allow_private: bool) -> None:
    """Raise `ConfigError` where a crawl has no contact; under `allow_private` the loopback needs none."""
    if config.contact is None and not allow_private:
        raise ConfigError(
            f"a crawl needs a contact for the user agent: write {_EXAMPLES['contact']} in {FILE_NAME}, "
            f"set {CONTACT_VARIABLE}, or give --contact (only a loopback site may go without: --allow-private)"
        )


def _read(path: Path) -> Config:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}; give another file with --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no valid TOML: {error}; correct the file") from error
    config = _convert(values, str(path))
    if config.delay < POLITE_DELAY:
        raise ConfigError(
            f"{path}: delay = {config.delay} is below {POLITE_DELAY} s; write {_EXAMPLES['delay']} "
            "(a loopback site may be crawled faster: --allow-private --delay 0)"
        )
    folder = path.parent
    textfile = config.metrics.textfile
    return msgspec.structs.replace(
        config,
        archive=folder / config.archive,
        outlet_dirs=tuple(folder / directory for directory in config.outlet_dirs),
        fixtures=folder / config.fixtures,
        metrics=msgspec.structs.replace(config.metrics, textfile=folder / textfile if textfile else None),
    )


def _durations(key: str, value: object, where: str) -> object:
    """Seconds in the place of spans of time that are spelt out, under the keys that take such."""
    if key not in {"max_time", "revisits"}:
        return value
    try:
        if isinstance(value, list | tuple):
            return [parse_duration(part) if isinstance(part, str) else part for part in value]
        return parse_duration(value) if isinstance(value, str) else value
    except ValueError as error:
        raise ConfigError(f"{where}{key}: {error}; write for example {_EXAMPLES[key]}") from error


def _changed(table: Struct, **changes: object) -> dict[str, object]:
    return msgspec.structs.asdict(table) | changes


def _convert(values: Mapping[str, Any], origin: str | None) -> Config:
    where = f"{origin}: " if origin else ""
    config = convert({key: _durations(key, value, where) for key, value in values.items()}, Config, _EXAMPLES, where)
    if config.contact is not None and not (config.contact.isascii() and _CONTACT.fullmatch(config.contact)):
        raise ConfigError(
            f"{where}contact: {config.contact!r} is neither a mail address nor a web address; "
            f"write for example {_EXAMPLES['contact']}"
        )
    return config
