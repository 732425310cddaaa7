"""The unit of work: one WARC file in, one file of findings out. It runs in any process that sees the archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from archiver.captures import Captures
from archiver.catalog import Catalog
from archiver.catalog.content import differing, digest
from archiver.outlets import load_outlets
from archiver.reextraction.findings import FileResult, Finding
from warc.errors import WarcReadError
from warc.read import read_records

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.article import Article
    from archiver.captures import Response
    from archiver.catalog import Entry
    from archiver.outlets import Outlets
    from archiver.reextraction.findings import Counts
    from warc.read import Record

_CAPTURES = frozenset({"response", "revisit"})


@dataclass(frozen=True, slots=True)
class Task:
    """A WARC file of the archive to be read again.

    `outlets` are the modules that declare them, `outlet_dirs` the folders. With `only`, the captures of that outlet
    alone are read. `findings` is the file to write.
    """

    archive: Archive
    path: Path
    outlets: tuple[str, ...]
    findings: Path
    only: str | None = None
    outlet_dirs: tuple[Path, ...] = ()


def examine(task: Task) -> FileResult:
    """Read all captures of the file that may be articles, and write down those that are read otherwise than before."""
    draft = task.findings.with_name(task.findings.name + ".part")
    result = FileResult(task.findings)
    with Catalog(task.archive.catalog, read_only=True) as catalog, draft.open("wb") as lines:
        examiner = _Examiner(task, catalog, load_outlets(task.outlets, task.outlet_dirs), result)
        try:
            for record in read_records(task.path):
                if record.ref.type in _CAPTURES and (finding := examiner.examine(record)) is not None:
                    lines.write(msgspec.json.encode(finding) + b"\n")
        except (WarcReadError, OSError) as error:
            result.problems.append(str(error))
    draft.replace(task.findings)
    return result


class _Examiner:
    """Looks at one capture after the other and counts what it sees."""

    def __init__(self, task: Task, catalog: Catalog, outlets: Outlets, result: FileResult) -> None:
        self._task = task
        self._catalog = catalog
        self._outlets = outlets
        self._result = result
        self._captures = Captures(task.archive, catalog, outlets)

    def examine(self, record: Record) -> Finding | None:
        """What is new about a capture; None if there is nothing to say."""
        url = record.ref.url or ""
        outlet = self._outlets.for_url(url)
        name = outlet.name if outlet else None
        if self._task.only not in {None, name}:
            return None
        ref = self._catalog.record(record.ref.record_id)
        if ref is None:
            self._complain(record, "it is not in the catalog: make that anew with kliping catalog rebuild")
            return None
        if ref.file != self._task.path.name:
            return None  # a copy of a record in another file
        before = self._catalog.reading(ref.record_id)
        if before is None and ((outlet is not None and not outlet.wants(url)) or self._is_of_another(url, url)):
            return None
        try:
            response = self._captures.response(record, ref)
            if before is not None:
                return self._compare(before, response, self._result.count(name))
            if response.succeeded and response.whole and response.is_html:
                return self._look_for_article(url, response, self._result.count(name))
        except (WarcReadError, OSError) as error:
            self._result.problems.append(str(error))
        except Exception as error:  # noqa: BLE001 - one page that cannot be read must not end the whole
            self._complain(record, f"reading it failed: {type(error).__name__}: {error}")
        return None

    def _compare(self, before: Article, response: Response, counts: Counts) -> Finding | None:
        """A capture that gave an article when it was last read."""
        after = self._captures.article(before.url, response)
        if after.outcome != "saved":
            counts.vanished += 1
            return Finding("vanished", before, after)
        if differing(before, after):
            counts.changed += 1
            return Finding("changed", before, after)
        counts.same += 1
        return None

    def _look_for_article(self, url: str, response: Response, counts: Counts) -> Finding | None:
        """A capture without a reading of its own: it gave no article, or the same as the one before it."""
        after = self._captures.article(url, response)
        if after.outcome != "saved" or self._belongs_elsewhere(after, response):
            counts.nothing += 1
            return None
        versions = self._catalog.versions(after.url)
        earlier = [version for version in versions if version.captured <= response.ref.date]
        if earlier and self._repeats(earlier[-1], after):
            counts.same += 1
            return None
        if versions:
            counts.changed += 1
            return Finding("changed", earlier[-1].article if earlier else None, after)
        counts.appeared += 1
        return Finding("appeared", None, after)

    def _repeats(self, version: Entry, after: Article) -> bool:
        """Whether today the version before it is read just as this capture, which is why that one has no reading."""
        earlier = self._captures.reread(version.article.url, version.record_id)
        return earlier.outcome == "saved" and digest(earlier) == digest(after)

    def _belongs_elsewhere(self, article: Article, response: Response) -> bool:
        """Whether the page is a later one of its article, or its article is in the archive under another address.

        That is so, as in a crawl, if that one names the same canonical address or has the same page, byte for byte.
        """
        if article.captures[0].record_id != response.ref.record_id:
            return True
        addresses = {article.canonical_url, response.source.url}
        return any(self._is_of_another(address, article.url) for address in addresses if address)

    def _is_of_another(self, address: str, url: str) -> bool:
        """Whether the catalog knows the address as one of another article than that at `url`."""
        known = self._catalog.article(address)
        return known is not None and known.url != url

    def _complain(self, record: Record, reason: str) -> None:
        ref = record.ref
        self._result.problems.append(f"{self._task.path}: byte {ref.offset}: {ref.url}: {reason}")
