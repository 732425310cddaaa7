"""Runs with `--requisites` against a site on loopback, and what their two ledgers say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from archiver.crawling.account import Account, read_account
from archiver.crawling.ledger import Line, read_ledger
from archiver.crawling.requisites_fetch import MAX_REQUISITES
from archiver.errors import ExitCode
from tests.crawling.conftest import LiveSite
from tests.crawling.support import Answer, kliping, listing, outcomes, project, records_of, redirect, story

LOOPBACK = ("--allow-private", "--delay", "0", "--requisites")


def page(subject: str, *images: str, head: str = "") -> Answer:
    """An article with these images."""
    pictures = "".join(f'<img src="{image}">' for image in images)
    markup = story(subject).body.replace(b"</article>", pictures.encode() + b"</article>")
    return Answer(markup.replace(b"</head>", head.encode() + b"</head>"))


def css(text: str) -> Answer:
    return Answer(text.encode(), content_type="text/css")


def picture(seed: str) -> Answer:
    return Answer(b"\x89PNG\r\n\x1a\n" + seed.encode() * 600, content_type="image/png")


def account_of(folder: Path) -> Account:
    (path,) = folder.glob("archive/runs/*/run.json")
    return read_account(path)


def lines_of(folder: Path) -> Mapping[str, Line]:
    (path,) = folder.glob("archive/runs/*/requisites.jsonl")
    lines = list(read_ledger(path))
    assert len({line.url for line in lines}) == len(lines)
    return {line.url: line for line in lines}


def test_a_captured_page_comes_with_what_it_needs(site: LiveSite, tmp_path: Path) -> None:
    other = site.url.replace("127.0.0.1", "localhost")
    site.answers = {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /private/\n", content_type="text/plain"),
        "/read/1": page(
            "Cibodas",
            *("/a.png", "/gone.png", "/moved.png", "/private/x.png", "http://127.0.0.1:9/x.png"),
            head='<link rel=stylesheet href="/css/1.css">',
        ),
        "/css/1.css": css("@import '2.css'; body { background: url(/bg.png) }"),
        "/css/2.css": css(f"@import '1.css'; @font-face {{ src: url(/uji.woff2) }} a {{ b: url({other}/same.png) }}"),
        "/a.png": picture("a"),
        "/same.png": picture("a"),
        "/bg.png": picture("b"),
        "/uji.woff2": Answer(b"wOF2" * 200, content_type="font/woff2"),
        "/moved.png": redirect("/here.png"),
        "/here.png": picture("c"),
    }
    ran = kliping(project(tmp_path, site.url), "capture", f"{site.url}/read/1", *LOOPBACK)
    assert ran.returncode == ExitCode.OK, ran.stderr
    account, lines = account_of(tmp_path), lines_of(tmp_path)
    assert account.counts == {"saved": 1}
    assert {url.removeprefix(site.url): line.outcome for url, line in lines.items()} == {
        "/css/1.css": "saved",
        "/css/2.css": "saved",
        "/bg.png": "saved",
        "/uji.woff2": "saved",
        "/a.png": "saved",
        f"{other}/same.png": "unchanged",
        "/gone.png": "gone",
        "/moved.png": "redirected",
        "/here.png": "saved",
        "/private/x.png": "blocked_by_robots",
        "http://127.0.0.1:9/x.png": "server_error",
    }
    assert account.requisites == Counter(line.outcome for line in lines.values())
    assert lines[f"{site.url}/uji.woff2"].discovered_from == f"{site.url}/css/2.css"
    assert lines[f"{site.url}/moved.png"].target == f"{site.url}/here.png"
    assert "/private/x.png" not in site.asked
    written = {record.ref.record_id: record.ref for record in records_of(tmp_path / "archive")}
    for url, line in lines.items():
        assert (line.record in written) == (line.outcome not in {"blocked_by_robots", "server_error"}), url
    assert {ref.url for ref in written.values() if ref.type == "metadata"} >= {f"{site.url}/private/x.png"}
    assert "11  requisites of pages: 6 saved" in ran.stdout


def test_a_crawl_asks_for_each_requisite_once(site: LiveSite, tmp_path: Path) -> None:
    link = '<link rel=stylesheet href="/all.css">'
    site.answers = {
        "/index": listing("/read/1", "/read/2"),
        "/read/1": page("Cibodas", "/logo.png", "/read/2", head=link),
        "/read/2": page("Lembang", "/logo.png", "/2.png", head=link),
        "/all.css": css("a { background: url(logo.png) }"),
        "/logo.png": picture("logo"),
        "/2.png": picture("2"),
    }
    ran = kliping(project(tmp_path, site.url), "crawl", "uji", "--archive", "archive", *LOOPBACK)
    assert ran.returncode == ExitCode.OK, ran.stderr
    account = account_of(tmp_path)
    assert outcomes(tmp_path / "archive", account.run, site.url) == {"/read/1": "saved", "/read/2": "saved"}
    assert account.requisites == {"saved": 3}
    assert sorted(site.asked) == sorted(["/robots.txt", "/ai.txt", *site.answers])


def test_a_page_that_names_too_many_gets_the_first_of_them(site: LiveSite, tmp_path: Path) -> None:
    images = [f"/{number}.png" for number in range(MAX_REQUISITES + 5)]
    site.answers = {"/read/1": page("Cibodas", *images)}
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /*.png$\n", content_type="text/plain")
    folder = project(tmp_path, site.url, "requisites = true\n")
    ran = kliping(folder, "capture", f"{site.url}/read/1", *LOOPBACK[:-1])
    assert ran.returncode == ExitCode.OK, ran.stderr
    assert account_of(tmp_path).requisites == {"blocked_by_robots": MAX_REQUISITES, "deferred": 5}
    lines = lines_of(tmp_path)
    assert [url for url, line in lines.items() if line.outcome == "deferred"] == [site.url + url for url in images[-5:]]
    assert site.asked == ["/robots.txt", "/ai.txt", "/read/1"]
