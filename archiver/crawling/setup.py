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
from warc.record import WarcInfo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archiver.crawling.account import Kind
    from archiver.crawling.ledger import Line

_NOT_DIGESTED: Final = frozenset({"contact", "operator", "archive"})


@dataclass(frozen=True, slots=True)
class Setup:
    """What a run is told to do.

    `outlets` are names, for the locks and the run's account. `as_of` (ISO 8601) sets the clock of a recording, whose
    WARC files then call themselves synthetic. `inputs` are the files that a replay reads. `listener` is told of each
    outcome.
    """

    config: Config
    kind: Kind
    outlets: tuple[str, ...]
    as_of: str | None = None
    inputs: tuple[Path, ...] = ()
    listener: Callable[[Line], None] | None = None

    @property
    def label(self) -> str:
        """The middle of the run's id, and the first part of its WARC files' names where outlets share them."""
        return self.outlets[0] if len(self.outlets) == 1 and self.kind == "crawl" else self.kind

    @property
    def digest(self) -> str:
        """`sha256:…` of all that changes what is captured: limits, delays, outlets; not who crawls, nor where to."""
        values = {key: value for key, value in msgspec.structs.asdict(self.config).items() if key not in _NOT_DIGESTED}
        return "sha256:" + hashlib.sha256(msgspec.json.encode(values, order="sorted")).hexdigest()

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
