"""What a run is told before it starts, and how that shows in what it writes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec
import scrapy

import archiver
from archiver.config import PRODUCT, Config
from archiver.crawling.account import Account
from archiver.errors import UsageError
from warc.record import WarcInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from archiver.crawling.account import Kind
    from archiver.crawling.ledger import Line
    from archiver.outlet import Outlet

_NOT_DIGESTED: Final = frozenset(
    {"contact", "operator", "archive", "fixtures", "drift", "log", "notify", "metrics", "heartbeat"}
)


def check_sources(outlets: Iterable[Outlet], *, dated: bool = False) -> None:
    """Raise `UsageError` for an outlet that cannot be crawled."""
    for outlet in outlets:
        if not outlet.sources and not (dated and outlet.back_catalogue):
            raise UsageError(f"{outlet.name} declares no sources: its pages can be replayed and extracted, not crawled")


@dataclass(frozen=True, slots=True)
class Setup:
    """What a run is told to do.

    `outlets` are names, for the locks and the run's account. `as_of` (ISO 8601) sets the clock of a recording, whose
    WARC files then call themselves synthetic. `inputs` are the files that a replay reads. `listener` is told of each
    outcome. `days`, from the first to the last, are those whose articles are looked for; None means what is new.
    """

    config: Config
    kind: Kind
    outlets: tuple[str, ...]
    as_of: str | None = None
    inputs: tuple[Path, ...] = ()
    listener: Callable[[Line], None] | None = None
    days: tuple[date, date] | None = None
    apart: bool = False
    """Whether pages may be read in a process of its own; that imports the main script, which must stand it."""

    @property
    def label(self) -> str:
        """The middle of the run's id, and the first part of its WARC files' names where outlets share them."""
        return self.outlets[0] if len(self.outlets) == 1 and self.kind == "crawl" else self.kind

    @property
    def digest(self) -> str:
        """`sha256:…` of all that changes what is captured: limits, delays, outlets; not who crawls, or who is told."""
        values = {key: value for key, value in msgspec.structs.asdict(self.config).items() if key not in _NOT_DIGESTED}
        return "sha256:" + hashlib.sha256(msgspec.json.encode(values, order="sorted", enc_hook=str)).hexdigest()

    def account(self, run: str, started: str) -> Account:
        """What the run's run.json says of it while it goes on."""
        return Account(
            run=run,
            kind=self.kind,
            outlets=self.outlets,
            started=started,
            version=archiver.__version__,
            settings_digest=self.digest,
            inputs=tuple(str(path) for path in self.inputs),
            days=(self.days[0].isoformat(), self.days[1].isoformat()) if self.days else None,
        )

    def warcinfo(self, run: str, outlets: tuple[str, ...]) -> WarcInfo:
        """What a WARC file of the run, which holds pages of these outlets, says of itself."""
        return WarcInfo(
            software=f"{PRODUCT} Scrapy/{scrapy.__version__}",
            operator=self.config.operator or self.config.contact or "",
            contact=self.config.contact or "",
            user_agent=self.config.user_agent,
            robots="obey",
            settings_digest=self.digest,
            description=f"{self.kind} of {', '.join(outlets)}",
            is_part_of=run,
            synthetic=self.as_of is not None,
        )
