"""Re-extraction of a whole archive: a task a WARC file, on whatever executor the caller gives."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archiver.catalog import Catalog
from archiver.config import PRODUCT
from archiver.crawling.clipping import is_kept, write
from archiver.crawling.recovery import as_ours
from archiver.reextraction.findings import Counts, Verdict
from archiver.reextraction.task import Task, examine
from warc.clock import start_clock
from warc.errors import WarcWriteError
from warc.record import WarcInfo
from warc.write import WarcWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from archiver.archive import Archive
    from archiver.config import Config
    from archiver.reextraction.findings import FileResult, Finding


@dataclass(slots=True)
class Tally:
    """What came out so far: captures by outlet and verdict, articles by outlet, and what could not be read."""

    captures: dict[str | None, Counts] = field(default_factory=dict)
    articles: dict[Verdict, dict[str | None, set[str]]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add_file(self, result: FileResult) -> None:
        """Add what one file gave, but for its findings."""
        self.problems += result.problems
        for outlet, counts in result.counts.items():
            self.captures.setdefault(outlet, Counts()).add(counts)

    def add(self, finding: Finding) -> None:
        """Count the article of a finding, however many of its captures are read otherwise."""
        by_outlet = self.articles.setdefault(finding.verdict, {})
        by_outlet.setdefault(finding.after.outlet, set()).add(finding.after.url)

    def count(self, verdict: Verdict, outlet: str | None) -> int:
        """How many articles of the outlet have the verdict."""
        return len(self.articles.get(verdict, {}).get(outlet, ()))

    def total(self, verdict: Verdict) -> int:
        """How many articles have the verdict."""
        return sum(len(urls) for urls in self.articles.get(verdict, {}).values())


def reextract(
    archive: Archive,
    config: Config,
    executor: Executor,
    scratch: Path,
    tally: Tally,
    *,
    only: str | None = None,
    on_file: Callable[[Path], None] = lambda _: None,
) -> Iterator[Finding]:
    """Read every capture again that may be an article; gives the findings in the order of files and records.

    `executor` runs the tasks, here or elsewhere; `scratch` is a folder that its workers see, for what they find.
    `only` is the outlet to read. `tally` is filled on the way; `on_file` is told of each file that is done. Nothing is
    written to the archive: that is for `Keeper`.
    """
    claims: dict[str, str] = {}
    tasks = [
        Task(archive, path, config.outlets, scratch / f"{number}.jsonl", only, config.outlet_dirs)
        for number, path in enumerate(archive.warc_files())
    ]
    futures = [executor.submit(examine, task) for task in tasks]
    try:
        for task, future in zip(tasks, futures, strict=True):
            result = future.result()
            tally.add_file(result)
            for finding in result:
                if finding.verdict != "appeared" or _claim(finding, claims):
                    tally.add(finding)
                    yield finding
            result.findings.unlink()
            on_file(task.path)
    finally:
        for future in futures:
            future.cancel()


def _claim(finding: Finding, claims: dict[str, str]) -> bool:
    """Whether the article is not yet there under another address: two are one if they name the same canonical one."""
    article = finding.after
    addresses = [address for address in (article.url, article.canonical_url) if address]
    if any(claims.get(address, article.url) != article.url for address in addresses):
        return False
    claims.update(dict.fromkeys(addresses, article.url))
    return True


class Keeper:
    """Writes new readings into the archive: records in a WARC file of their own, rows in the catalog.

    A context manager; `files` are the WARC files that it has written, once it is closed. What was there before stays:
    the newest reading of a capture counts. Raises `CannotWriteError`, `LockedError` and `BadDataError`.
    """

    def __init__(self, archive: Archive, config: Config) -> None:
        info = WarcInfo(
            software=PRODUCT,
            operator=config.operator or "",
            contact=config.contact or "",
            user_agent="",
            robots="",
            settings_digest="",
            description="texts cut anew out of captures in other files of this archive",
        )
        self.files: tuple[Path, ...] = ()
        self._archive = archive
        self._stack = ExitStack()
        self._catalog = self._stack.enter_context(Catalog(archive.catalog))
        self._writer = WarcWriter(
            archive.warc,
            "reextract",
            info,
            max_bytes=config.warc_bytes,
            clock=start_clock(),
            index_directory=archive.index,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            try:
                self.files = self._writer.close()
            except WarcWriteError as failure:
                raise as_ours(failure, self._archive.root) from failure

    def keep(self, finding: Finding) -> bool:
        """Write the article down, unless the archive has it as it stands; a vanished one stays as it is."""
        article = finding.after
        first = self._catalog.record(article.captures[0].record_id)
        if finding.verdict == "vanished" or first is None or is_kept(self._catalog, article):
            return False
        responses = [capture.record_id for capture in article.captures]
        try:
            write(article, first, responses, self._writer, self._catalog)
        except (WarcWriteError, OSError) as error:
            raise as_ours(error, self._archive.root) from error
        return True
