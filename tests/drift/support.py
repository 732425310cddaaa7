"""Runs of an outlet as the alarm sees them, and an archive with such runs in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from archiver.article import Article, Outcome
from archiver.catalog.store import Catalog
from archiver.crawling.account import Account, Kind, SourceVisit, write_account
from archiver.crawling.ledger import Line
from archiver.drift.facts import ArticleFacts, Page, RunFacts, Yield
from archiver.outlet import Css, Layout, Outlet
from tests.catalog.support import Writer, article

START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)

OUTLET = Outlet(
    name="contoh",
    title="Contoh",
    domains=("contoh.test",),
    article_url=re.compile(r"/\d+$"),
    layouts=(
        Layout(
            name="utama",
            body=".isi",
            title=("h1.judul",),
            authors=(".penulis", Css("meta.nama", attr="content")),
            drop={"share": (".bagi",), "ad": (".iklan",)},
        ),
        Layout(name="lama", body=".dulu", until=START.date() - timedelta(days=300)),
    ),
)

FACTS = ArticleFacts(
    layout="utama",
    fields={"title": "css:h1.judul", "authors": "css:.penulis", "published": "jsonld:datePublished"},
    rules=frozenset({".bagi", "baca-juga"}),
    kinds=frozenset({"share", "related_inline"}),
    characters=2000,
    blocks=12,
    removed=0.2,
    complete=True,
    contaminated=False,
    lines=frozenset(),
    doubled=False,
    timed=True,
)


def without(*names: str) -> ArticleFacts:
    """An article that lacks these fields."""
    return replace(FACTS, fields={name: giver for name, giver in FACTS.fields.items() if name not in names})


def run_id(hour: int) -> str:
    """As a crawl would name it."""
    return f"{START + timedelta(hours=hour):%Y%m%dT%H%M%SZ}-contoh-0000"


def run(
    hour: int,
    articles: Iterable[ArticleFacts | None] = (),
    *,
    sources: Sequence[Yield] = (),
    outcome: Outcome = "saved",
) -> RunFacts:
    """The run of that hour; None is a page that gave no article, and ended in `outcome`."""
    moment = START + timedelta(hours=hour)
    pages = tuple(
        Page(
            run_id(hour),
            f"https://contoh.test/{hour}{place:02}",
            f"{hour}-{place}",
            moment,
            _ends(facts, outcome),
            facts,
        )
        for place, facts in enumerate(articles)
    )
    return RunFacts(run_id(hour), moment, pages, tuple(sources))


def _ends(facts: ArticleFacts | None, outcome: Outcome) -> Outcome:
    return "saved" if facts is not None else outcome


def usual(count: int = 20, each: int = 3, facts: ArticleFacts = FACTS) -> list[RunFacts]:
    """So many hourly runs with as many articles, all alike."""
    return [run(hour, [facts] * each) for hour in range(count)]


@dataclass
class Diary:
    """An archive into which runs are written as crawls write them, with captures, articles, ledgers and accounts."""

    root: Path
    name: str = "contoh"
    hour: int = 0

    def crawl(
        self,
        *articles: dict[str, Any] | Outcome,
        candidates: int = 20,
        kind: Kind = "crawl",
        evidence: str | None = None,
        days: tuple[str, str] | None = None,
    ) -> Account:
        """One run: the changes of each article that it saves, or the outcome of a page that gave none."""
        started = START + timedelta(hours=self.hour)
        run = run_id(self.hour)
        lines: list[Line] = []
        with Writer(self.root, prefix=self.name, now=started) as writer:
            for place, changes in enumerate(articles):
                url = f"https://contoh.test/{self.hour}{place:02}"
                outcome: Outcome = changes if isinstance(changes, str) else "saved"
                ref = writer.capture(url, f"<h1>Warta {url}</h1>".encode())
                if not isinstance(changes, str):
                    writer.read(ref, self._article(url, changes))
                lines.append(
                    Line(
                        url=url, outcome=outcome, discovered_from=None, time=writer.now.isoformat(), attempts=1,
                        evidence=evidence, record=ref.record_id, outlet=self.name,
                    )
                )  # fmt: skip
        folder = writer.archive.runs / run
        folder.mkdir()
        (folder / "ledger.jsonl").write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
        account = Account(
            run=run,
            kind=kind,
            outlets=(self.name,),
            started=started.isoformat(),
            finished=started.isoformat(),
            version="0",
            settings_digest="",
            days=days,
            sources=(SourceVisit(url="https://contoh.test/sitemap.xml", outlet=self.name, candidates=candidates),),
            exit_code=0,
        )
        write_account(folder, account)
        self.hour += 1
        return account

    def catalog(self) -> Catalog:
        """Its catalog."""
        return Catalog(self.root / "catalog.db")

    def _article(self, url: str, changes: dict[str, Any]) -> Article:
        evidence = {"title": "css:h1.judul", "authors": "css:.penulis", "published": "css:time + jsonld:datePublished"}
        text = f"Warga {url} berkumpul di balai desa untuk membicarakan jembatan yang rusak."
        return article(url, **({"text": text, "evidence": evidence} | changes))


BROKEN: dict[str, Any] = {"layout": None, "method": "fallback", "authors": (), "lead": None}
"""What a redesign makes of an article."""
