"""Captures for a draft, from the site itself: the page that was named, some articles that it links to, its sources.

They are taken as `kliping capture` takes them, with its delay, robots.txt and records, and stay in the archive. Each
round runs in a process of its own, as Twisted has it.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from archiver.drafting import addresses
from archiver.drafting.material import Material, domain_of, lies_on, read_material
from archiver.drafting.sources import feed_links, sitemap_lines
from archiver.errors import NotFoundError
from archiver.outlets import Outlets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archiver.config import Config

ARTICLES: Final = 6
"""Articles that are captured: enough to tell the template from the stories."""

_SOURCES: Final = 3
"""Feeds and sitemaps that are captured, of each."""
_ROUNDS: Final = 3
"""The page, what it leads to, and the feeds that its articles name."""
_WORDS: Final = 4
"""Words in the text of a link that leads to a story."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The WARC files that were written, what is to be told of the captures, and in which outcomes they ended."""

    files: tuple[Path, ...]
    problems: tuple[str, ...]
    outcomes: str = ""


def gather(
    url: str,
    config: Config,
    scratch: Path,
    *,
    allow_private: bool = False,
    as_of: str | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Gathered:
    """Capture the page at `url`, then what it leads to, into `config.archive`.

    `scratch` is a folder for a moment. `tell` is told what is captured. Raises what `archiver.crawling.capture.capture`
    raises, and `NotFoundError` where there is no page at the address.
    """
    rounds: list[Gathered] = []
    asked: dict[str, None] = {}
    wanted = [url]
    while wanted:
        for address in wanted:
            tell(f"capturing {address}")
        asked.update(dict.fromkeys(wanted))
        rounds.append(_in_a_process(wanted, config, allow_private=allow_private, as_of=as_of))
        if len(rounds) == _ROUNDS:
            break
        folder = scratch / f"round-{len(rounds)}"
        folder.mkdir()
        files = [file for found in rounds for file in found.files]
        try:
            material = read_material(files or [config.archive / "warc"], folder, domain=domain_of(url))
        except NotFoundError as error:
            raise NotFoundError(f"{url} gave no page ({rounds[0].outcomes}): name one that does") from error
        leads = further_addresses(url, material) if len(rounds) == 1 else named_feeds(material)
        wanted = [address for address in leads if address not in asked]
    return Gathered(
        tuple(file for found in rounds for file in found.files),
        tuple(problem for found in rounds for problem in found.problems),
    )


def further_addresses(url: str, material: Material) -> Iterator[str]:
    """Some links of the captured page that look like articles, and the feeds and sitemaps that the site names."""
    links: dict[str, str] = {}
    for document in material.documents:
        for link in document.soup.find_all("a"):
            address = urljoin(document.url, str(link.get("href") or "")).partition("#")[0]
            if lies_on(address, material.domain) and address not in {url, document.url}:
                links[address] = max(links.get(address, ""), " ".join(link.get_text(" ").split()), key=len)
    titled = [address for address, text in links.items() if len(text.split()) >= _WORDS]
    yield from addresses.likely(titled or links)[:ARTICLES]
    yield from named_feeds(material)
    sitemaps = [sitemap for capture in material.captures for sitemap in sitemap_lines(capture)]
    yield from [address for address in dict.fromkeys(sitemaps) if lies_on(address, material.domain)][:_SOURCES]


def named_feeds(material: Material) -> list[str]:
    """Some of the feeds that the heads of the captured pages name; one of a single story is named there alone."""
    named = Counter(feed for document in material.documents for feed in set(feed_links(document)))
    return [feed for feed, _ in named.most_common() if lies_on(feed, material.domain)][:_SOURCES]


def _in_a_process(urls: Sequence[str], config: Config, *, allow_private: bool, as_of: str | None) -> Gathered:
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        return executor.submit(_capture, list(urls), config, allow_private=allow_private, as_of=as_of).result()


def _capture(urls: list[str], config: Config, *, allow_private: bool, as_of: str | None) -> Gathered:
    from archiver.crawling.capture import capture  # noqa: PLC0415 - Scrapy is for the process that captures

    result = capture(urls, config, Outlets(()), allow_private=allow_private, as_of=as_of)
    files = tuple(result.archive / "warc" / name for name in result.account.files)
    return Gathered(files, result.problems, ", ".join(result.account.counts))
