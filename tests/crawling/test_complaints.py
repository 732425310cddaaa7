"""What a run's account has to complain of."""

from __future__ import annotations

from archiver.crawling.account import Account, ClosedHost, SourceVisit
from archiver.crawling.complaints import complaints
from archiver.crawling.gaps import Gap

TIME = "2021-01-13T04:00:00+00:00"
ACCOUNT = Account(
    run="r",
    kind="crawl",
    outlets=("uji",),
    started=TIME,
    version="1",
    settings_digest="",
    sources=(
        SourceVisit(url="https://uji.example/feed", outlet="uji", candidates=3),
        SourceVisit(url="https://uji.example/index", outlet="uji", problem="timeout: no answer"),
    ),
    closed=(
        ClosedHost("a.uji.example", "refused", "a.uji.example refuses us", TIME, 12),
        ClosedHost("b.uji.example", "throttled", "b.uji.example asks us to wait", TIME, 1),
        ClosedHost("c.uji.example", "budget", "the budget is spent", TIME),
    ),
    gaps=(
        Gap(outlet="uji", since="2021-01-12T04:00:00+00:00", until=TIME, reason="no run for 1d"),
        Gap(outlet="lain", since=TIME, until=None, reason="1 run could read none of its sources"),
    ),
)


def test_each_complaint_is_a_line() -> None:
    assert list(complaints(ACCOUNT)) == [
        "source https://uji.example/index: timeout: no answer",
        "a.uji.example refuses us; 12 requests deferred, the next run tries one address before it goes on",
        "b.uji.example asks us to wait; 1 request deferred, the next run asks again",
        "the budget is spent; no requests deferred, a later run goes on",
        "gap of uji since 2021-01-12T04:00:00+00:00, until 2021-01-13T04:00:00+00:00: no run for 1d",
        "gap of lain since 2021-01-13T04:00:00+00:00, and still open: 1 run could read none of its sources",
    ]
