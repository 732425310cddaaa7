"""An archive that was filled yesterday, when its outlet was read otherwise."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import msgspec

from archiver.article import CaptureRef
from archiver.capture import Capture
from archiver.extraction import extract, join
from archiver.outlet import Layout
from tests.catalog.support import Writer
from tests.crawling.support import SITE, Answer, story
from tests.reextraction.outlets import UJI
from warc.record import parse_warc_date

if TYPE_CHECKING:
    from archiver.article import Article
    from archiver.catalog import Saved
    from warc.record import RecordRef

MODULES = ("tests.reextraction.outlets",)

YESTERDAY = dataclasses.replace(
    UJI, layouts=(Layout(name="test", body="div.body", title=("head > title",), pager="a.pg"),)
)
"""Took the title from the wrong place."""

PAGES = (f"{SITE}/read/9", f"{SITE}/read/9?page=2", f"{SITE}/read/9?page=3")


class Past(Writer):
    """Captures pages and reads them as they were read then."""

    def page(self, url: str, answer: Answer) -> RecordRef:
        """A capture, without any reading."""
        return self.capture(url, answer.body, status=answer.status)

    def clip_page(self, url: str, answer: Answer, *, rightly: bool = False, **changes: object) -> Saved:
        """A capture and its reading, by yesterday's layout or `rightly` by today's."""
        ref = self.page(url, answer)
        article = self.reading(ref, answer, rightly=rightly)
        return self.read(ref, msgspec.structs.replace(article, captures=(), **changes))

    def clip_pages(self, answers: dict[str, Answer], *, rightly: bool = True) -> Saved:
        """An article of several pages."""
        refs = {url: self.page(url, answer) for url, answer in answers.items()}
        article = join([self.reading(refs[url], answer, rightly=rightly) for url, answer in answers.items()])
        return self.read(refs[article.url], msgspec.structs.replace(article, captures=article.captures[1:]))

    def reading(self, ref: RecordRef, answer: Answer, *, rightly: bool) -> Article:
        place = CaptureRef(ref.file, ref.offset, ref.record_id, ref.date, ref.payload_digest)
        capture = Capture(ref.url or "", answer.body, (), parse_warc_date(ref.date), place)
        return extract(capture, UJI if rightly else YESTERDAY)


def long(answer: Answer) -> Answer:
    """The same page with so many bytes that its next capture is a revisit."""
    return Answer(answer.body.replace(b"</body>", b"<!-- " + b"panjang " * 80 + b"--></body>"))


def stories() -> dict[str, Answer]:
    """The pages of one article."""
    names = ("kopi", "teh", "susu")
    return {url: story(name, pages=PAGES, title="Minum pagi") for url, name in zip(PAGES, names, strict=True)}
