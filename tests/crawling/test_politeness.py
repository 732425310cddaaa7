"""Crawls of a site that slows us down, refuses us, or may be asked only so often; and what the run says of it."""

from __future__ import annotations

from pathlib import Path

from archiver.archive import Archive
from archiver.crawling.account import Account
from archiver.errors import ExitCode
from archiver.verification import verify_archive
from tests.crawling.conftest import LiveSite
from tests.crawling.support import Answer, kliping, ledger_of, listing, outcomes, project, records_of, redirect, story
from tests.crawling.test_crawl import LOOPBACK, ROBOTS, runs
from warc.read import response_head

URLS = tuple(f"/read/{number}" for number in range(1, 31))
AT_ONCE = 8
"""Requests that are under way at the same time where there is no delay."""

ABOUT = {"/robots.txt", "/ai.txt", "/index"}
REFUSAL = Answer(b"no", 403)
CHALLENGE = Answer(b"<html><head><title>Just a moment...</title></head><body><h1>Just a moment...</h1></body></html>")

OTHER_OUTLET = """
LAIN = Outlet(
    name="lain", title="Lain", domains=("127.0.0.1",), article_url=re.compile("/baca/[0-9]+"),
    sources=(Listing("{site}/daftar", links="a.l"),), layouts=(Layout(name="test", body="div.body", title=("h1",)),),
)
"""


def publish(site: LiveSite, *urls: str) -> None:
    """Have the site list these articles, and give them."""
    site.answers = {"/index": listing(*urls)} | {url: story(f"Desa {url}") for url in urls}


def crawl(folder: Path, *more: str) -> tuple[int, str, Account]:
    """Crawl the site; returns exit code, what was said on stderr, and the newest run's account."""
    ran = kliping(folder, "crawl", "uji", *LOOPBACK, *more)
    assert "Traceback" not in ran.stderr
    account = runs(folder)[-1]
    assert account.discovered == sum(account.counts.values())
    assert list(verify_archive(Archive.open(folder / "archive"))) == []
    return ran.returncode, ran.stderr, account


NO_ALARM = "\n[drift]\nenabled = false\n"


def pages(site: LiveSite) -> list[str]:
    """The articles that the site was asked for, in order."""
    return [path for path in site.asked if path not in ABOUT]


def test_a_429_holds_up_the_whole_host_and_is_asked_again(site: LiveSite, tmp_path: Path) -> None:
    publish(site, *URLS)
    site.first["/read/1"] = [Answer(b"slow down", 429, headers={"Retry-After": "3"})]
    code, _, account = crawl(project(tmp_path, site.url))
    assert (code, account.counts, account.closed) == (ExitCode.OK, {"saved": len(URLS)}, ())
    pauses = [later - sooner for sooner, later in zip(site.times, site.times[1:], strict=False)]
    long = max(pauses)
    assert long > 2.8
    before = site.asked[: pauses.index(long) + 1]
    assert len(set(before) - ABOUT) <= AT_ONCE + before.index("/read/1")
    line = ledger_of(tmp_path / "archive", account.run)[f"{site.url}/read/1"]
    assert line.attempts == 2
    answers = [record for record in records_of(tmp_path / "archive") if record.ref.type == "response"]
    heads = [response_head(record) for record in answers if record.ref.url == line.url]
    assert [head.status for head in heads if head] == [429, 200]


def test_a_pause_that_is_too_long_leaves_the_rest_for_another_run(site: LiveSite, tmp_path: Path) -> None:
    publish(site, *URLS)
    site.first["/read/1"] = [Answer(b"", 503, headers={"Retry-After": "7200"})]
    folder = project(tmp_path, site.url)
    code, said, account = crawl(folder)
    (closed,) = account.closed
    assert code == ExitCode.PARTIAL
    assert (closed.host, closed.reason) == ("127.0.0.1", "throttled")
    assert closed.evidence == "127.0.0.1 asks us to wait 7200 s (HTTP 503 Service Unavailable); max_wait is 600 s"
    assert closed.evidence in said
    assert account.counts["deferred"] >= len(URLS) - 2 * AT_ONCE
    line = ledger_of(folder / "archive", account.run)[f"{site.url}/read/1"]
    assert (line.outcome, line.evidence, line.attempts) == ("deferred", closed.evidence, 1)
    assert line.record in {record.ref.record_id for record in records_of(folder / "archive")}
    notes = [record for record in records_of(folder / "archive") if b"outcome: deferred" in record.block]
    assert notes == []  # nobody was asked: the ledger says it all
    code, _, account = crawl(folder)
    assert (code, account.closed) == (ExitCode.OK, ())
    assert {path for path in URLS if pages(site).count(path) > 1} == {"/read/1"}
    assert "deferred" not in account.counts


def test_refusals_end_the_asking_of_a_host_and_the_next_run_tries_one_address(site: LiveSite, tmp_path: Path) -> None:
    publish(site, *URLS)
    site.answers |= dict.fromkeys(URLS, REFUSAL)
    folder = project(tmp_path, site.url, "max_refusals = 3\n" + NO_ALARM)
    code, said, account = crawl(folder)
    (closed,) = account.closed
    assert code == ExitCode.PARTIAL
    assert closed.reason == "refused"
    assert closed.evidence.startswith("127.0.0.1 refuses us: 3 refusals in a row, the last HTTP 403 Forbidden at http")
    assert closed.evidence in said
    assert 3 <= account.counts["forbidden"] == len(pages(site)) <= 3 + AT_ONCE
    assert account.counts["deferred"] == len(URLS) - account.counts["forbidden"]
    assert len({(headers["User-Agent"], headers["Accept-Encoding"]) for headers in site.headers}) == 1

    asked = len(site.asked)
    code, said, account = crawl(folder)
    assert code == ExitCode.PARTIAL
    assert len(set(site.asked[asked:]) - ABOUT) == 1
    assert account.closed[0].evidence.startswith("127.0.0.1 refuses us: 1 refusal, the last HTTP 403")

    publish(site, *URLS)
    code, _, account = crawl(folder)
    assert (code, account.closed) == (ExitCode.OK, ())
    assert account.counts["saved"] >= len(URLS) - (3 + AT_ONCE) - 1  # the others were visited just now


def test_challenges_are_refusals_too(site: LiveSite, tmp_path: Path) -> None:
    publish(site, *URLS)
    site.answers |= dict.fromkeys(URLS, CHALLENGE)
    code, _, account = crawl(project(tmp_path, site.url, NO_ALARM))
    (closed,) = account.closed
    assert code == ExitCode.PARTIAL
    assert "refuses us: 5 refusals in a row, the last a challenge (" in closed.evidence
    assert set(account.counts) == {"challenge", "deferred"}


def test_a_page_here_and_there_may_be_forbidden(site: LiveSite, tmp_path: Path) -> None:
    publish(site, *URLS)
    site.answers |= dict.fromkeys(URLS[::10], REFUSAL)
    _, _, account = crawl(project(tmp_path, site.url, "max_refusals = 3\n"))
    assert (account.counts, account.closed) == ({"forbidden": 3, "saved": 27}, ())


def test_a_host_without_robots_txt_may_answer_403_for_it(site: LiveSite, tmp_path: Path) -> None:
    publish(site, "/read/1")
    site.answers |= {"/robots.txt": REFUSAL, "/ai.txt": REFUSAL}
    _, _, account = crawl(project(tmp_path, site.url, "max_refusals = 1\n"))
    assert (account.counts, account.closed) == ({"saved": 1}, ())


def test_a_robots_txt_that_is_elsewhere_counts(site: LiveSite, tmp_path: Path) -> None:
    publish(site, "/read/1", "/read/66")
    site.answers |= {"/robots.txt": redirect("/rules.txt"), "/rules.txt": ROBOTS}
    _, _, account = crawl(project(tmp_path, site.url))
    assert account.counts == {"blocked_by_robots": 1, "saved": 1}


def test_the_hourly_budget_holds_across_runs(site: LiveSite, tmp_path: Path) -> None:
    publish(site, *URLS[:10])
    folder = project(tmp_path, site.url, "requests_per_hour = 8\nrevisits = []\n" + NO_ALARM)
    code, said, account = crawl(folder, "--as-of", "2021-01-13T04:00:00Z")
    assert code == ExitCode.OK  # as much was done as was to be done
    assert account.counts == {"saved": 5, "deferred": 5}
    assert len(site.asked) == 8
    assert "the budget of 8 requests an hour to 127.0.0.1 is spent; 5 requests deferred, a later run goes on" in said
    code, _, account = crawl(folder, "--as-of", "2021-01-13T04:30:00Z")
    assert len(site.asked) == 8
    assert code == ExitCode.PARTIAL  # its source could not be read
    assert [visit.problem for visit in account.sources] == [
        "deferred: the budget of 8 requests an hour to 127.0.0.1 is spent"
    ]
    code, _, account = crawl(folder, "--as-of", "2021-01-13T05:01:00Z")
    assert code == ExitCode.OK
    assert account.counts["saved"] == 5
    assert len(site.asked) == 16


def test_an_article_whose_further_page_was_not_asked_for_waits_as_a_whole(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {
        "/index": listing("/read/1"),
        "/read/1": story("Cibodas", pages=("/read/1?page=2",)),
        "/read/1?page=2": story("Lembang"),
    }
    folder = project(tmp_path, site.url, "requests_per_hour = 4\n" + NO_ALARM)
    _, _, account = crawl(folder, "--as-of", "2021-01-13T04:00:00Z")
    assert outcomes(folder / "archive", account.run, site.url) == {"/read/1": "deferred", "/read/1?page=2": "deferred"}
    _, _, account = crawl(folder, "--as-of", "2021-01-13T05:01:00Z")
    assert "/read/1?page=2" not in pages(site)
    assert account.counts == {"deferred": 2}


def test_two_outlets_on_one_host_are_one_visitor(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {"/index": listing("/read/1"), "/daftar": listing("/baca/1")}
    site.answers |= {url: story(f"Desa {url}") for url in ("/read/1", "/baca/1")}
    folder = project(tmp_path, site.url, 'contact = "kliping@contoh.example"\n' + NO_ALARM)
    with (folder / "outlets_of_test.py").open("a") as file:
        file.write(OTHER_OUTLET.format(site=site.url))
    ran = kliping(folder, "crawl", "uji", "lain", "--allow-private", "--delay", "1")
    assert ran.returncode == ExitCode.OK, ran.stderr
    assert sorted(site.asked) == ["/ai.txt"] * 2 + ["/baca/1", "/daftar", "/index", "/read/1"] + ["/robots.txt"] * 2
    assert min(later - sooner for sooner, later in zip(site.times, site.times[1:], strict=False)) > 0.45
