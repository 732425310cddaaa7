"""kliping.toml: who crawls, into which archive, which outlets, and within which bounds.

The file is optional, every key of it too. It is looked for in the working directory, or named with `--config`.
A key that is not known is an error: a typo must not leave a crawl without its contact or its delay.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

import archiver
from archiver.errors import ConfigError
from archiver.outlets import DEFAULT_MODULES

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME: Final = "kliping.toml"
CONTACT_VARIABLE: Final = "KLIPING_CONTACT"
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
        "delay": "delay = 2.0",
        "timeout": "timeout = 60.0",
        "retries": "retries = 2",
        "limit": "limit = 200",
        "requisites": "requisites = true",
        "source_pages": "source_pages = 50",
        "max_page_bytes": "max_page_bytes = 16_000_000",
        "max_source_bytes": "max_source_bytes = 64_000_000",
        "warc_bytes": "warc_bytes = 1_000_000_000",
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
    delay: Annotated[float, Meta(ge=0)] = 2.0
    """Mean time between two requests to one host; each wait is varied by half of it."""
    timeout: Annotated[float, Meta(gt=0)] = 60.0
    retries: Annotated[int, Meta(ge=0, le=10)] = 2
    """How often a request is repeated after a timeout, a lost connection or a 5xx."""
    limit: Annotated[int, Meta(ge=1)] | None = None
    """At most so many articles of an outlet are fetched in a run; the others are `deferred`."""
    requisites: bool = False
    """Whether the images, styles, scripts and fonts of captured pages are captured too."""
    source_pages: Annotated[int, Meta(ge=1)] = 50
    """At most so many documents are read from one source: its further listing pages, its part sitemaps."""
    max_page_bytes: Annotated[int, Meta(ge=1)] = 16_000_000
    max_source_bytes: Annotated[int, Meta(ge=1)] = 64_000_000
    warc_bytes: Annotated[int, Meta(ge=1)] = 1_000_000_000
    """A WARC file that has grown beyond this is closed and the next one begun."""

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

    `KLIPING_CONTACT` overrides the file's contact. Raises `ConfigError`, which names file, key and remedy.
    """
    found = Path(path) if path is not None else find_config()
    config = Config() if found is None else _read(found)
    if contact := environ.get(CONTACT_VARIABLE):
        config = with_changes(config, contact=contact)
    return config


def with_changes(config: Config, *, origin: str | None = None, **changes: object) -> Config:
    """The same configuration with other values, checked as those of the file are; None changes nothing.

    `origin` says in the error where a value came from: a file's name; without it the key alone is named.
    """
    given = {key: value for key, value in changes.items() if value is not None}
    if not given:
        return config
    values = msgspec.structs.asdict(config) | given
    values["archive"] = str(values["archive"])
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
    return msgspec.structs.replace(config, archive=path.parent / config.archive)


def _convert(values: Mapping[str, Any], origin: str | None) -> Config:
    where = f"{origin}: " if origin else ""
    for key in values:
        if key not in _EXAMPLES:
            near = difflib.get_close_matches(key, _EXAMPLES, n=1)
            hint = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(_EXAMPLES)}"
            raise ConfigError(f"{where}unknown key {key!r}; {hint}")
    try:
        config = msgspec.convert(values, Config, dec_hook=_path)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$.")
        key = re.split(r"\W", place, maxsplit=1)[0]
        raise ConfigError(f"{where}{key}: {message}; write for example {_EXAMPLES.get(key, key)}") from error
    if config.contact is not None and not (config.contact.isascii() and _CONTACT.fullmatch(config.contact)):
        raise ConfigError(
            f"{where}contact: {config.contact!r} is neither a mail address nor a web address; "
            f"write for example {_EXAMPLES['contact']}"
        )
    return config


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise TypeError(f"Expected `str`, got `{type(value).__name__}`")
