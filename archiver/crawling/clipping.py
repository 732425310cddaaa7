"""Keeping an article: its text and its account go into the WARC file, then into the catalog.

What the archive holds already in just this form is not written again: replaying a file twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.article import Article, CaptureRef, clean_text
from archiver.catalog.content import UNASKED, Named, Permission, differing, digest, metadata_payload

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scrapy import Request

    from archiver.catalog import Catalog, Saved
    from archiver.crawling.session import Session
    from warc.record import RecordRef
    from warc.write import WarcWriter


@dataclass(frozen=True, slots=True)
class Clipping:
    """An article on its way into the archive.

    `records` are the response records of its pages by address, `requests` what was sent for them. All these addresses
    end in the article's outcome.
    """

    article: Article
    records: Mapping[str, RecordRef]
    requests: Mapping[str, Request]


def keep(session: Session, spider: str, clipping: Clipping) -> Saved:
    """Write the clipping's conversion and metadata records and save it, unless the archive has it.

    Raises what makes the archive unwritable, after noting it in the session.
    """
    article = clipping.article
    if is_kept(session.catalog, article):
        return "unchanged"
    responses = [ref.record_id for ref in clipping.records.values()]
    with session.guarded():
        writer = session.writers.of(spider)
        meta = clipping.requests[article.url].meta
        permission: Permission = meta.get("robots", UNASKED)
        first = clipping.records[article.url]
        return write(article, first, responses, writer, session.catalog, permission, meta.get("named"))


def write(
    article: Article,
    first: RecordRef,
    responses: Sequence[str],
    writer: WarcWriter,
    catalog: Catalog,
    permission: Permission = UNASKED,
    named: Named | None = None,
) -> Saved:
    """Write an article's conversion and metadata records and save it.

    `first` is the response record of its first page, `responses` are the ids of those of all its pages, `permission`
    is what robots.txt said, `named` what a source said of it. The records and the catalog's row are there together or
    not at all.
    """
    with writer.together():
        conversion = _text_record(article, first, writer, catalog)
        payload = metadata_payload(
            article, responses=responses, conversion=conversion.record_id, permission=permission, named=named
        )
        metadata = writer.write_metadata(article.url, payload, "application/json", first.record_id)
        return catalog.save(article, conversion=conversion, metadata=metadata)


def _text_record(article: Article, first: RecordRef, writer: WarcWriter, catalog: Catalog) -> RecordRef:
    """The conversion record with the article's text: a new one, or that of the capture which a revisit repeats.

    A revisit gets no text of its own, because replay tools would show it in the page's place: its text is one of the
    first capture.
    """
    text = clean_text(article)
    if first.type == "revisit" and (original := catalog.original(first)) and original.url == first.url:
        for version in catalog.versions(article.url):
            if version.record_id == original.record_id and clean_text(version.article) == text:
                return catalog.record(version.conversion_id) or writer.write_conversion(article.url, text, original)
        first = original
    return writer.write_conversion(article.url, text, first)


def is_kept(catalog: Catalog, article: Article) -> bool:
    """Whether the catalog holds this article as it stands.

    For a capture that it has read before, everything must be the same but where the record lies and which version of
    the extractor read it. For another capture it is enough that the outlet published the same as in the version before.
    """
    capture = article.captures[0]
    before = [entry for entry in catalog.versions(article.url) if entry.captured <= capture.date]
    if not before:
        return False
    latest = before[-1]
    if latest.record_id == capture.record_id:
        return not differing(latest.article, article)
    return latest.article.url == article.url and digest(latest.article) == digest(article)


def capture_ref(record: RecordRef) -> CaptureRef:
    """What an article says of the record that it was cut out of."""
    return CaptureRef(record.file, record.offset, record.record_id, record.date, record.payload_digest)
