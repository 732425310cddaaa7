"""A page that its layout does not read as it should, and the article that it must give."""

from __future__ import annotations

from dataclasses import dataclass, field

from archiver.article import Article
from archiver.healing.lookup import Lookup
from archiver.healing.samples import Sample
from archiver.outlet import Layout


@dataclass(frozen=True, slots=True)
class Symptom:
    """What is wrong with a page: a field of the layout (or `body`), and in words how it shows."""

    part: str
    words: str


@dataclass(frozen=True, slots=True)
class Case:
    """A broken page.

    `base` is the layout that read its like before. `truth` is the article of an earlier capture of the same address
    (`earlier`), else what `archiver.healing.expected` makes out of the page.
    """

    sample: Sample
    base: Layout
    truth: Article
    earlier: bool
    told: bool
    """Whether the text of `truth` is all that the story says: it was captured earlier, or stood at the old place."""
    symptoms: tuple[Symptom, ...]
    lookup: Lookup = field(repr=False)
