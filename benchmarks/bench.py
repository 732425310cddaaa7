"""Compares Kliping with its peers on the same pages in one run: quality, and CPU time beside a bare lxml parse.

    python benchmarks/bench.py                    the fixtures of this project
    python benchmarks/bench.py --pages DIR        your own pages with their right answers (see pages.py), or a checkout
                                                  of the public article-extraction-benchmark

`make bench` calls it. The peers are installed into environments of their own from peers.lock and fundus.lock.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environments
import msgspec
import pages
import quality
from own import OWN
from pages import PageSet
from peers import PEERS
from quality import Score

from archiver.capture import Capture
from archiver.extraction import extract
from archiver.outlets import load_outlets

HERE = Path(__file__).parent
LOCKS = {"fundus": "fundus"}
"""Peers that don't go together with the rest."""


@dataclass(frozen=True, slots=True)
class Row:
    """One extractor's results: a score for each page that it answered for, and its time beside the parse's."""

    name: str
    scores: Mapping[str, Score]
    ratio: float
    errors: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, metavar="DIR", help="pages and right answers instead of the fixtures")
    parser.add_argument("--only", metavar="NAMES", help="these extractors alone, with commas between")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each page; the fastest counts (default: 5)")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="also name each extractor's N worst pages")
    options = parser.parse_args()
    page_set = pages.directory(options.pages) if options.pages else pages.fixtures()
    if not page_set.pages:
        sys.exit(f"bench: no page with its right answer in {options.pages}: see pages.py for the form")
    names = options.only.split(",") if options.only else [*OWN, *PEERS]
    with tempfile.TemporaryDirectory() as directory:
        listing = _write(page_set, Path(directory))
        _check_command(page_set, Path(directory))
        rows = [_run(name, listing, page_set, options.repeats) for name in names]
    print(f"\n{len(page_set.pages)} pages: {page_set.title}\n")
    print("\n".join(table(rows, page_set)))
    for row in rows if options.worst else ():
        print(f"\n{row.name}")
        for name, score in sorted(row.scores.items(), key=lambda item: item[1].f1)[: options.worst]:
            print(f"  {score.f1:.3f} {name}  lost {len(score.lost)}, leaked {len(score.leaked)}")


def _write(page_set: PageSet, directory: Path) -> Path:
    """The pages as files, so that extractors in other environments find them."""
    entries = []
    for number, page in enumerate(page_set.pages):
        file = directory / f"{number}.html"
        file.write_bytes(page.html)
        entries.append({"name": page.name, "url": page.url, "file": str(file)})
    listing = directory / "pages.json"
    listing.write_text(json.dumps(entries), encoding="utf-8")
    return listing


def _check_command(page_set: PageSet, directory: Path) -> None:
    """What is measured is what the command gives, byte for byte; checked on a page of each outlet."""
    kliping = str(Path(sys.executable).with_name("kliping"))
    outlets = load_outlets()
    seen = set()
    for number, page in enumerate(page_set.pages):
        outlet = outlets.for_url(page.url)
        name = outlet.name if outlet else None
        if name in seen:
            continue
        seen.add(name)
        command = [kliping, "extract", str(directory / f"{number}.html"), "--url", page.url]
        printed = subprocess.run(command, check=True, cwd=directory, stdout=subprocess.PIPE).stdout  # noqa: S603 - ours
        article = extract(Capture(page.url, page.html), outlet)
        if printed != msgspec.json.format(msgspec.json.encode(article), indent=2) + b"\n":
            sys.exit(f"bench: {page.name}: kliping extract gives another article than the call that is measured")


def _run(name: str, listing: Path, page_set: PageSet, repeats: int) -> Row:
    module = "own" if name in OWN else "peers"
    python = Path(sys.executable) if name in OWN else environments.python_for(LOCKS.get(name, "peers"))
    command = [str(python), str(HERE / "runner.py"), module, name, str(listing), str(repeats)]
    results = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)  # noqa: S603 - our own
    answered = [result for result in results if result["answer"] is not None]
    by_name = {page.name: page for page in page_set.pages}
    scores = {
        result["name"]: quality.score(by_name[result["name"]], result["answer"], page_set.by) for result in answered
    }
    seconds, parse = (sum(result[key] for result in answered) for key in ("seconds", "parse"))
    errors = sum("error" in result["answer"] for result in answered)
    return Row(name, scores, seconds / parse if parse else 0.0, errors)


def table(rows: Sequence[Row], page_set: PageSet) -> Iterator[str]:
    """The results as a Markdown table, the best F1 first."""
    lines = page_set.by == "lines"
    facts = ("clean", "lost lines", "leaked", "title", "minute", "day", "authors") if lines else ("P", "R")
    head = ("extractor", "pages", "F1", *facts, "× parse", "errors")
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'---:|' * (len(head) - 1)}"
    for row in sorted(rows, key=lambda row: -quality.f1([*row.scores.values()], page_set.by) if row.scores else 0.0):
        scores = [*row.scores.values()]
        if scores:
            cells: list[Any] = [row.name, len(scores), f"{quality.f1(scores, page_set.by):.3f}"]
            cells += _line_cells(scores) if lines else _shingle_cells(scores)
            yield f"| {' | '.join(map(str, [*cells, f'{row.ratio:.1f}', row.errors]))} |"
        else:
            yield f"| {row.name} | 0 |{' |' * (len(head) - 2)}"


def _line_cells(scores: Sequence[Score]) -> list[str]:
    lost, leaked = (sum(len(getattr(score, name)) for score in scores) for name in ("lost", "leaked"))
    cells = [str(sum(score.clean for score in scores)), str(lost), str(leaked)]
    for name in ("title", "published", "day", "authors"):
        asked = [found for score in scores if (found := getattr(score, name)) is not None]
        cells.append(f"{sum(asked)}/{len(asked)}")
    return cells


def _shingle_cells(scores: Sequence[Score]) -> list[str]:
    return [f"{sum(getattr(score, name) for score in scores) / len(scores):.3f}" for name in ("precision", "recall")]


if __name__ == "__main__":
    main()
