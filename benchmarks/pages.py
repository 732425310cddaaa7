"""The pages that extractors are measured on, with what a careful reader takes from each."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warc.encoding import decode_content
from warc.index import WarcIndex

FIXTURES = Path(__file__).parent.parent / "fixtures"
PUBLIC = "ground-truth.json"
"""Names a directory in the form of https://github.com/scrapinghub/article-extraction-benchmark (MIT licence)."""


@dataclass(frozen=True, slots=True)
class Gold:
    """The right answer. `body` is the story line by line; `neutral` may stand in the text or not; `unwanted` may not.

    `titles`, `authors` and `published` list all answers that are right; empty where the page is not asked for it.
    """

    body: tuple[str, ...]
    titles: tuple[str, ...] = ()
    authors: tuple[frozenset[str], ...] = ()
    published: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its name in reports, its address, its bytes, and the right answer."""

    name: str
    url: str
    html: bytes
    gold: Gold


@dataclass(frozen=True, slots=True)
class PageSet:
    """Pages that are scored in one way: `by` "lines" (ours) or "shingles" (the public benchmark's own metric)."""

    title: str
    by: str
    pages: tuple[Page, ...]


def fixtures(root: Path = FIXTURES) -> PageSet:
    """The single-page articles among the project's recordings, for whoever has nothing else."""
    pages = []
    for path in sorted(root.glob("*/*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        if expected["outcome"] == "saved" and len(expected["pages"]) == 1:
            name = f"{path.parent.name}/{path.stem}"
            html = _captured(path.with_suffix(".warc.gz"), expected["url"])
            pages.append(Page(name, expected["url"], html, _gold(expected)))
    return PageSet("the fixtures of this project", "lines", tuple(pages))


def _captured(warc: Path, url: str) -> bytes:
    """The entity that the file has for the address."""
    index = WarcIndex([warc])
    ref = index.find(url)
    if ref is None:
        sys.exit(f"bench: {warc} holds no capture of {url}: record the fixture anew")
    response = index.response(ref)
    return decode_content(response.body, response.head.joined("content-encoding"))


def directory(root: Path) -> PageSet:
    """The pages of a directory: JSON files anywhere in it that name a saved page each, or the public benchmark.

    A JSON file holds `file` (its path beside the directory's root), `url`, `title`, `authors`, `published`, `lead`,
    `captions`, `dateline`, `body` (list of lines), `must_not` (list) and, where there are any, `title_alt`,
    `authors_alt`, `published_alt` and `neutral`. Files of another form are passed over.
    """
    if (root / PUBLIC).is_file():
        return PageSet(f"{root.name} (public benchmark)", "shingles", tuple(_public(root)))
    pages = []
    for path in sorted(root.rglob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(expected, dict) and {"file", "url", "body"} <= expected.keys():
            html = (root / expected["file"]).read_bytes()
            pages.append(Page(f"{path.parent.name}/{path.stem}", expected["url"], html, _gold(expected)))
    return PageSet(root.name, "lines", tuple(pages))


def _public(root: Path) -> Iterator[Page]:
    truth = json.loads((root / PUBLIC).read_text(encoding="utf-8"))
    for key, expected in sorted(truth.items()):
        html = gzip.decompress((root / "html" / f"{key}.html.gz").read_bytes())
        yield Page(key[:12], expected["url"], html, Gold((expected["articleBody"],)))


def _gold(expected: Mapping[str, Any]) -> Gold:
    neutral = [expected.get("title"), expected.get("lead"), expected.get("caption"), expected.get("dateline")]
    neutral += expected.get("title_alt", []) + expected.get("captions", []) + expected.get("neutral", [])
    neutral += [image.get(key) for image in expected.get("images", []) for key in ("caption", "credit")]
    return Gold(
        body=tuple(expected["body"]),
        titles=_all(expected, "title"),
        authors=tuple(frozenset(names) for names in (expected.get("authors", []), *expected.get("authors_alt", []))),
        published=_all(expected, "published"),
        neutral=tuple(text for text in neutral if text),
        unwanted=tuple(expected.get("must_not", [])),
    )


def _all(expected: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values: Sequence[str | None] = (expected.get(key), *expected.get(f"{key}_alt", []))
    return tuple(value for value in values if value)
