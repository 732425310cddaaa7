"""Which records of an archive have to go with an article, and which others still hold words of it.

Every record of every file is looked at, as often as that finds more: a revisit names the capture that it repeats, a
text its capture, and any of them may stand in another file. Only what goes is remembered.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from archiver.captures import capture_of
from archiver.errors import BadDataError
from archiver.extraction import extract
from archiver.takedown.target import names_as_its_own
from warc.errors import WarcReadError
from warc.message import entity, parse_head
from warc.read import payload_digest, read_records
from warc.record import CAPTURES, target_uri
from warc.write import MIN_REVISIT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.captures import Captures
    from archiver.catalog import Catalog
    from archiver.takedown.log import Reason
    from archiver.takedown.target import Target
    from archiver.takedown.words import Mention
    from warc.read import Record
    from warc.record import RecordRef

_LINKS: Final = ("WARC-Concurrent-To", "WARC-Refers-To", "WARC-Segment-Origin-ID")
_ADDRESSED: Final = CAPTURES | {"request", "conversion", "continuation"}
_LEAVES: Final = frozenset({"request", "conversion", "metadata"})
"""Nothing refers to these."""

_SEARCHED: Final = frozenset({"response", "resource", "conversion", "metadata", "continuation"})


@dataclass(frozen=True, slots=True)
class Doomed:
    """A record that goes. `ref.payload_digest` is that of a capture's entity, also where the record does not say."""

    ref: RecordRef
    reason: Reason


@dataclass(slots=True)
class Plan:
    """What a takedown takes, by file; and the addresses of other captures in which words of it were found.

    `addresses` are all that the article goes by, with those that were found to have the same payload or to be another
    form of it.
    """

    addresses: set[str]
    doomed: dict[Path, dict[int, Doomed]] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)

    @property
    def records(self) -> list[Doomed]:
        """All that goes, by file and place."""
        return [found for path in sorted(self.doomed) for _, found in sorted(self.doomed[path].items())]

    def mentioned(self, how: Mention) -> list[str]:
        """Addresses of other captures with such a mention."""
        return sorted(url for url, mention in self.mentions.items() if mention == how)


class Scan:
    """A search through all files of an archive; `run` gives the plan.

    With `copies`, captures of other addresses that hold a passage go too. `on_file` is told of each file before it is
    read. A damaged file raises `BadDataError`: nobody can tell what lies behind the damage.
    """

    def __init__(
        self,
        archive: Archive,
        catalog: Catalog,
        captures: Captures,
        target: Target,
        *,
        copies: bool = False,
        on_file: Callable[[Path], None] = lambda _: None,
    ) -> None:
        self._archive = archive
        self._catalog = catalog
        self._captures = captures
        self._words = target.words
        self._copies = copies
        self._on_file = on_file
        self._plan = Plan(set(target.addresses))
        self._ids: dict[str, Reason] = {}
        self._companions: set[str] = set()
        self._digests: set[str] = set()
        self._more = False

    def run(self) -> Plan:
        """Look through all files until nothing more is found."""
        self._begin_with_known_captures()
        self._more = True
        while self._more:
            self._more = False
            self._plan.mentions.clear()
            for path in self._archive.warc_files():
                self._on_file(path)
                self._look_through(path)
        return self._plan

    def _begin_with_known_captures(self) -> None:
        """What the catalog knows saves a second look through the files; what it does not know is found all the same."""
        for address in sorted(self._plan.addresses):
            for ref in self._catalog.captures(address):
                self._remember(self._captures.open(ref), "address")

    def _look_through(self, path: Path) -> None:
        doomed = self._plan.doomed.setdefault(path, {})
        try:
            for record in read_records(path):
                if record.ref.offset in doomed:
                    continue
                reason = self._reason(record) or self._search(record)
                if reason is not None:
                    doomed[record.ref.offset] = Doomed(self._remember(record, reason), reason)
        except WarcReadError as error:
            raise BadDataError(
                f"{error}; nobody can tell what stands behind it: mend the file or move it out of the archive first"
            ) from error
        if not doomed:
            del self._plan.doomed[path]

    def _reason(self, record: Record) -> Reason | None:
        ref = record.ref
        if ref.record_id in self._ids:
            return self._ids[ref.record_id]
        if ref.type in _ADDRESSED and _address(ref) in self._plan.addresses:
            return "address"
        if ref.type in CAPTURES and _digest(record) in self._digests:
            return "payload"
        if ref.record_id in self._companions and ref.type in _LEAVES:
            return "link"
        return "link" if any(other in self._ids for name in _LINKS for other in record.all(name)) else None

    def _search(self, record: Record) -> Reason | None:
        """A record of another address: whether it goes because of its words; if not, what it has of them is noted."""
        ref = record.ref
        mention = self._words.find_in(record) if ref.type in _SEARCHED else None
        if mention is None:
            return None
        if ref.type == "metadata" and _address(ref) in self._plan.addresses:
            return "address"
        if mention == "passage" and ref.type == "response" and self._is_another_form(record):
            self._plan.addresses.add(_address(ref))
            self._more = True
            return "address"
        if mention == "passage" and self._copies:
            if ref.refers_to and ref.refers_to not in self._ids:
                self._ids[ref.refers_to] = "copy"
                self._more = True
            return "copy"
        address = ref.url or self._address_of(ref.refers_to) or f"{ref.file} at byte {ref.offset}"
        if self._plan.mentions.get(address) != "passage":
            self._plan.mentions[address] = mention
        return None

    def _remember(self, record: Record, reason: Reason) -> RecordRef:
        """Note by what others are known that have to go with this record."""
        ref = record.ref
        if ref.record_id not in self._ids:
            self._ids[ref.record_id] = reason
            self._more = self._more or ref.type not in _LEAVES
        if ref.type not in CAPTURES:
            return ref
        digest = _digest(record)
        if not self._companions.issuperset(record.all("WARC-Concurrent-To")):
            self._companions.update(record.all("WARC-Concurrent-To"))
            self._more = True
        if digest and digest not in self._digests and self._holds_it(record):
            self._digests.add(digest)
            self._more = True
            if ref.refers_to:
                self._ids.setdefault(ref.refers_to, "payload")
        if reason == "payload" and self._is_another_form(record):
            self._plan.addresses.add(_address(ref))
        return replace(ref, payload_digest=digest)

    def _holds_it(self, record: Record) -> bool:
        """Whether the payload is what is taken down, wherever it lies.

        A redirect's or an error's is not, and neither is a text without a passage: a consent wall stands at many
        addresses.
        """
        source = record
        if record.ref.type == "revisit":
            try:
                source = self._captures.original(record)
            except (WarcReadError, OSError):
                return True
        head = parse_head(source.block)
        size = sum(map(len, entity(source.block, head))) if head else len(source.block)
        if size <= MIN_REVISIT or (head is not None and head.status != 200):
            return False
        return not self._words.passages or self._words.find_in(source) in {"passage", "unreadable"}

    def _is_another_form(self, record: Record) -> bool:
        """Whether the page names the article as its own: an AMP page, say."""
        url = record.ref.url or ""
        try:
            response = self._captures.response(record, record.ref)
        except (WarcReadError, OSError):
            return False
        page = extract(capture_of(url, response)) if response.succeeded and response.is_html else None
        return page is not None and names_as_its_own(page, self._plan.addresses)

    def _address_of(self, record_id: str | None) -> str | None:
        ref = self._catalog.record(record_id) if record_id else None
        return ref.url if ref else None


def _address(ref: RecordRef) -> str:
    """The address as this program writes it; of a record that has none, or what is none, as it stands."""
    try:
        return target_uri(ref.url or "")
    except ValueError:
        return ref.url or ""


def _digest(record: Record) -> str:
    """Of the entity, as the catalog has it. A revisit states it, having no body of its own."""
    if record.ref.type == "revisit":
        return record.ref.payload_digest or ""
    return payload_digest(record)
