"""The X-ray of a page: its text as captured beside what was cut out of it, in one self-contained HTML file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archiver.article import Article, Block, Link
from archiver.capture import Capture
from archiver.extraction.locate import Piece, Ranges, Trace, trace
from archiver.reports.passages import Fate, Passage, fate, passages
from archiver.reports.templating import template

FATES: tuple[tuple[Fate, str], ...] = (
    ("kept", "kept"),
    ("rerouted", "re-routed"),
    ("removed", "removed"),
    ("outside", "outside"),
)
"""In the order of the report, with the words for them."""


@dataclass(frozen=True, slots=True)
class Clipping:
    """A piece of the article as the report shows it: what it is, by which rule, and where it stood.

    `rule` is what removed it, of a title or lead the evidence; `ranges` are characters of the decoded page, None where
    they are unknown.
    """

    piece: Piece
    fate: Fate
    kind: str
    text: str
    rule: str | None = None
    path: str | None = None
    ranges: Ranges | None = None
    links: tuple[Link, ...] = ()
    block: Block | None = None

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def label(self) -> str:
        """Its kind in words."""
        return self.kind.replace("_", " ")

    @property
    def lines(self) -> list[str]:
        """Its text line by line."""
        return self.text.split("\n")


@dataclass(frozen=True, slots=True)
class Row:
    """A passage of the page and the pieces of the article that begin in it."""

    passage: Passage
    clippings: tuple[Clipping, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the article: its rows, and the pieces that could not be found on it."""

    number: int
    url: str
    rows: tuple[Row, ...]
    clippings: dict[Piece, Clipping]
    lost: tuple[Clipping, ...]
    outside: int


@dataclass(slots=True)
class Tally:
    """Words by what became of them, and of each fate by kind."""

    words: Counter[Fate] = field(default_factory=Counter)
    kinds: dict[Fate, Counter[str]] = field(default_factory=lambda: {name: Counter() for name, _ in FATES})

    def share(self, name: Fate) -> float:
        """Percent of all words that ended so."""
        return 100 * self.words[name] / max(1, self.words.total())


def draw(article: Article, captures: Sequence[Capture]) -> str:
    """The report on an article. `captures` are its pages, those that are there, in any order."""
    sheets = sorted((draw_sheet(article, capture) for capture in captures), key=lambda sheet: sheet.number)
    return template("xray.html.j2").render(
        article=article,
        sheets=sheets,
        tally=_tally(sheets),
        fates=FATES,
        facts=list(_facts(article)),
        captured=next((capture.date.isoformat(" ", "minutes") for capture in captures if capture.date), None),
        sizes=sum(len(capture.body) for capture in captures),
        declared=None if any(Piece("title") in sheet.clippings for sheet in sheets) else article.title,
    )


def draw_sheet(article: Article, capture: Capture) -> Sheet:
    """One page of an article, its text in passages."""
    traced = trace(article, capture)
    ranges = traced.ranges()
    clippings = {piece: _clipping(article, piece, ranges[piece]) for piece in traced.pieces}
    rows = tuple(_rows(traced, clippings))
    shown = {piece for row in rows for piece in row.passage.pieces}
    lost = tuple(clipping for piece, clipping in clippings.items() if piece not in shown)
    outside = sum(row.passage.words for row in rows if row.passage.fate == "outside")
    return Sheet(
        traced.page,
        capture.url,
        rows,
        clippings,
        lost,
        max(0, outside - sum(clipping.words for clipping in lost)),
    )


def _rows(traced: Trace, clippings: dict[Piece, Clipping]) -> Iterator[Row]:
    begun = set[Piece]()
    for passage in passages(traced):
        fresh = [piece for piece in passage.pieces if piece not in begun]
        begun.update(fresh)
        yield Row(passage, tuple(clippings[piece] for piece in fresh))


def _clipping(article: Article, piece: Piece, ranges: Ranges | None) -> Clipping:
    match piece.part:
        case "title":
            return Clipping(piece, "kept", "title", article.title or "", article.evidence.get("title"), ranges=ranges)
        case "lead":
            return Clipping(piece, "kept", "lead", article.lead or "", article.evidence.get("lead"), ranges=ranges)
        case "block":
            block = article.blocks[piece.number]
            return Clipping(piece, "kept", block.kind, block.text, path=block.where.path, ranges=ranges, block=block)
        case "rerouted":
            line = article.rerouted[piece.number]
            return Clipping(piece, fate(piece), line.kind, line.text, path=line.where.path, ranges=ranges)
        case "removed":
            cut = article.removed[piece.number]
            return Clipping(piece, fate(piece), cut.kind, cut.text, cut.rule, cut.where.path, ranges, cut.links)


def _tally(sheets: Iterable[Sheet]) -> Tally:
    tally = Tally()
    for sheet in sheets:
        tally.words["outside"] += sheet.outside
        for clipping in sheet.clippings.values():
            tally.words[clipping.fate] += clipping.words
            tally.kinds[clipping.fate][clipping.label] += clipping.words
    return tally


def _facts(article: Article) -> Iterator[tuple[str, str, str]]:
    """What the article says of itself: field, value, evidence. Fields without a value are left out."""
    values: tuple[tuple[str, str | None], ...] = (
        ("authors", ", ".join(article.authors)),
        ("editors", ", ".join(article.editors)),
        ("published", article.published),
        ("modified", article.modified),
        ("dateline", article.dateline),
        ("section", article.section),
        ("source", article.source),
        ("tags", ", ".join(article.tags)),
        ("language", article.language),
        ("canonical_url", article.canonical_url if article.canonical_url != article.url else None),
    )
    for name, value in values:
        if value:
            yield name, value, article.evidence.get(name, "")
    for image in article.images:
        yield "image", image.url, ""
