"""A receipt of an archive with something of everything."""

from __future__ import annotations

import msgspec

from archiver.crawling.account import Account, SourceVisit
from archiver.crawling.gaps import Gap
from archiver.reports.receipt.values import (
    Absence,
    Check,
    Contents,
    FileDigest,
    IncompleteArticle,
    Missing,
    Origin,
    OutletContents,
    Receipt,
    Robots,
    RobotsFile,
    Withdrawal,
)

DIGEST = "sha256:" + "4f" * 32


def absence(path: str, outcome: str, evidence: str | None) -> Absence:
    values = {
        "url": f"https://contoh.test/{path}",
        "outcome": outcome,
        "evidence": evidence,
        "time": "2021-01-13T04:00:00+00:00",
        "run": "20210113T040000Z-contoh-1a2b",
    }
    return msgspec.convert(values, Absence)


def account(run: str, **changes: object) -> Account:
    made = Account(
        run=run,
        kind="crawl",
        outlets=("contoh",),
        started="2021-01-13T04:00:00+00:00",
        version="0.1.0",
        settings_digest=DIGEST,
        finished="2021-01-13T04:20:00+00:00",
        reason="finished",
        discovered=12,
        counts={"saved": 5, "updated": 1, "gone": 1, "timeout": 2, "not_wanted": 3},
        sources=(SourceVisit(url="https://contoh.test/feed", outlet="contoh", candidates=12),),
        files=("contoh-20210113040000-00000-vm.warc.gz",),
        exit_code=2,
    )
    return msgspec.structs.replace(made, **changes)


def receipt() -> Receipt:
    """Two checks ran and one found faults; of each kind of what is missing there is something."""
    runs = (
        account("20210113T040000Z-contoh-1a2b"),
        account("20210114T040000Z-contoh-3c4d", finished=None, reason=None, exit_code=None, counts={}, discovered=0),
    )
    origin = Origin(
        software="Kliping/0.1.0 Scrapy/2.19.0",
        operator="Arsip Berita",
        contact="arsip@contoh.test",
        user_agent="Kliping/0.1.0 (+mailto:arsip@contoh.test)",
        robots="obey",
        settings_digest=DIGEST,
        synthetic=True,
        files=2,
    )
    return Receipt(
        made="2021-02-01T06:30:00+00:00",
        by="Kliping 0.1.0",
        archive="berita-2021",
        archive_version="0.1.0",
        contents=Contents(
            articles=1206,
            versions=1310,
            words=402_118,
            outlets=(
                OutletContents(
                    outlet="contoh", articles=1200, versions=1304, words=400_000, first="2021-01-01", last="2021-01-31"
                ),
                OutletContents(outlet=None, articles=6, versions=6, words=2118, first="2020-11-02", last="2021-01-30"),
            ),
            records={"response": 1500, "revisit": 40, "request": 1540, "conversion": 1310, "metadata": 1330},
            first="2021-01-13T04:00:00.000000Z",
            last="2021-01-31T23:59:00.000000Z",
            truncated=1,
            rebuilt=2,
        ),
        origins=(origin, msgspec.structs.replace(origin, robots="ignore", synthetic=False, files=1, operator=None)),
        runs=runs,
        outcomes={"saved": 5, "not_wanted": 3, "timeout": 2, "updated": 1, "gone": 1, "paywall": 1},
        robots=Robots(
            files=(
                RobotsFile(
                    url="https://contoh.test/robots.txt",
                    captures=2,
                    first="2021-01-13T04:00:00Z",
                    last="2021-01-14T04:00:00Z",
                    statuses=(200, 503),
                ),
            ),
            decisions={"allowed": 1300, "not asked": 10},
            refused=1,
        ),
        missing=Missing(
            absences=(
                absence("lama", "gone", "HTTP 404 Not Found"),
                absence("<b>berbayar</b>", "paywall", None),
                absence("lambat-1", "timeout", "no answer within 60 seconds"),
                absence("lambat-2", "timeout", "no answer within 60 seconds"),
            ),
            incomplete=(
                IncompleteArticle(
                    url="https://contoh.test/panjang", title="Jalan panjang", pages=("https://contoh.test/panjang?p=2",)
                ),
            ),
            sources=(absence("sitemap.xml", "server_error", "HTTP 503"),),
            withdrawn=(
                Withdrawal(
                    id="takedown-1",
                    time="2021-01-20T08:00:00+00:00",
                    url="https://contoh.test/dicabut",
                    reason="asked for by the person named",
                    policy="right to be forgotten",
                    records=4,
                ),
            ),
            unfinished_runs=("20210114T040000Z-contoh-3c4d",),
            unfinished_files=("contoh-20210114040000-00000-vm.warc.gz.open",),
            requisites=17,
            unread=("runs/20210115T040000Z-contoh-5e6f/run.json: it is cut short",),
            windows=(
                Gap(
                    outlet="contoh",
                    since="2021-01-14T04:00:00+00:00",
                    until=None,
                    reason="1 run could read none of its sources: timeout: no answer",
                ),
            ),
        ),
        checks=(
            Check(
                program="kliping verify",
                version="0.1.0",
                what="framing, fields, digests and links of all records, and the index",
                result="faults",
                faults=60,
                findings=("contoh-20210113040000-00000-vm.warc.gz, byte 4096: damaged gzip member",),
                seconds=1.2,
            ),
            Check(
                program="warcio check",
                version="1.8.1",
                what="the digests of all records",
                result="passed",
                seconds=3.4,
            ),
            Check(program="wacz validate", version=None, what="a WACZ package made of the archive", result="not run"),
        ),
        files=(
            FileDigest(path="archive.toml", size=148, sha256="ab" * 32),
            FileDigest(path="warc/contoh-20210113040000-00000-vm.warc.gz", size=31_000_000, sha256="cd" * 32),
        ),
    )
