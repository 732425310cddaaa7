"""The outcomes of addresses in plain language, in the order in which a receipt tells them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archiver.article import Outcome

Fate: TypeAlias = Literal["kept", "outside", "rerouted", "removed"]
"""Which colour of the reports a group has."""

GROUPS: Final[Mapping[Fate, str]] = MappingProxyType(
    {
        "kept": "kept",
        "outside": "not meant to be kept",
        "rerouted": "captured without an article",
        "removed": "not obtained",
    }
)

MEANINGS: Final[Mapping[Outcome, tuple[Fate, str]]] = MappingProxyType(
    {
        "saved": ("kept", "a new article"),
        "updated": ("kept", "a new version of an article that was there"),
        "unchanged": ("kept", "captured again, and the same as before"),
        "known": ("kept", "in the archive already, so not asked for again"),
        "duplicate": ("kept", "an article that is there under another address"),
        "redirected": ("outside", "led to another address, which has its own outcome"),
        "not_wanted": ("outside", "no address of an article, or of another site; not asked for"),
        "not_article": ("rerouted", "a page that holds no article"),
        "empty": ("rerouted", "a page without a text"),
        "soft_404": ("rerouted", "a page that says the article is not there"),
        "hijacked": ("rerouted", "something else stands where the article was"),
        "paywall": ("rerouted", "only the beginning of the article, the rest is for subscribers"),
        "consent_wall": ("rerouted", "a question for consent stands before the article"),
        "challenge": ("rerouted", "a test for robots stands before the article"),
        "gone": ("removed", "the server says that it is not there, or not any more"),
        "blocked_by_robots": ("removed", "robots.txt forbids it; not asked for"),
        "forbidden": ("removed", "the server refused"),
        "deferred": ("removed", "left for a later run: by a limit, a stop, or because of its host"),
        "missing_page": ("removed", "a further page of an article that could not be had"),
        "too_large": ("removed", "larger than the limit"),
        "timeout": ("removed", "the server did not answer in time"),
        "dns": ("removed", "the name of the host could not be resolved"),
        "tls": ("removed", "no secure connection could be made"),
        "server_error": ("removed", "the server failed"),
        "not_archived": ("removed", "not in the WARC files that were replayed"),
        "error": ("removed", "something else went wrong"),
    }
)


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    """Outcomes of one fate: name, count and meaning of each. `share` is percent of all addresses."""

    fate: Fate
    words: str
    rows: tuple[tuple[str, int, str], ...]
    share: float

    @property
    def count(self) -> int:
        """How many addresses."""
        return sum(count for _, count, _ in self.rows)


def grouped(outcomes: Mapping[str, int]) -> Iterator[OutcomeGroup]:
    """The outcomes that occur, by group."""
    total = max(1, sum(outcomes.values()))
    for fate, words in GROUPS.items():
        rows = tuple(
            (spoken(name), outcomes[name], meaning)
            for name, (group, meaning) in MEANINGS.items()
            if group == fate and outcomes.get(name)
        )
        if rows:
            yield OutcomeGroup(fate, words, rows, 100 * sum(row[1] for row in rows) / total)


def spoken(outcome: str) -> str:
    """An outcome as a word: `not wanted`, `DNS`."""
    return {"dns": "DNS", "tls": "TLS", "soft_404": "soft 404"}.get(outcome, outcome.replace("_", " "))


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: 1 article, 2,300 articles."""
    return f"{count:,} {one if count == 1 else many}"
