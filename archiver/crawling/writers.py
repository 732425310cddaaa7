"""The WARC files of a run.

In a crawl the records of each outlet go into files of their own, whose names begin with the outlet's: an outlet can be
passed on, or taken out, as whole files. A replay and a capture of single addresses write one file: what a replay
copies may belong to several outlets (a warcinfo record), and must not be in the archive twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warc.draft import Earlier
from warc.errors import WarcWriteError
from warc.write import WarcWriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.catalog import Catalog
    from archiver.crawling.setup import Setup


class Writers:
    """A WARC writer for each spider of a run, or one for all. They make no file before their first record."""

    def __init__(
        self, setup: Setup, run: str, archive: Archive, catalog: Catalog, clock: Callable[[], datetime]
    ) -> None:
        self._setup = setup
        self._run = run
        self._archive = archive
        self._catalog = catalog
        self._clock = clock
        self._writers: dict[str, WarcWriter] = {}

    def of(self, spider: str) -> WarcWriter:
        """The writer for what this spider captures."""
        setup = self._setup
        label, outlets = (spider, (spider,)) if setup.kind == "crawl" else (setup.label, setup.outlets)
        if label not in self._writers:
            self._writers[label] = WarcWriter(
                self._archive.warc,
                label,
                setup.warcinfo(self._run, outlets),
                max_bytes=setup.config.warc_bytes,
                clock=self._clock,
                index_directory=self._archive.index,
                earlier=self._earlier,
            )
        return self._writers[label]

    def close(self) -> tuple[Path, ...]:
        """Finish all files, and give their paths. Raises the first WarcWriteError when all was tried."""
        paths: list[Path] = []
        failures: list[WarcWriteError] = []
        for writer in self._writers.values():
            try:
                paths += writer.close()
            except WarcWriteError as error:
                failures.append(error)
        if failures:
            raise failures[0]
        return tuple(paths)

    def _earlier(self, digest: str, url: str) -> Earlier | None:
        """What a revisit can refer to: a capture of the same archive, of this run or any other."""
        ref = self._catalog.capture_with_payload(digest, url)
        return Earlier(ref.record_id, ref.url or "", ref.date) if ref else None
