"""The alarm in real crawls of a live site: break, quarantine, accepting, a new layout, recovery."""

from __future__ import annotations

import shutil
from pathlib import Path

from archiver.archive import Archive
from archiver.catalog import Catalog
from archiver.config import Config
from archiver.drift.accept import accept
from archiver.drift.quarantine import EVIDENCE
from archiver.drift.report import reports
from archiver.outlets import Outlets
from tests.crawling.conftest import LiveSite, site  # noqa: F401 - a fixture
from tests.crawling.support import Answer, kliping, ledger_of, listing, outlet, project, story

CONFIG = "[drift]\ntolerance = 2\nquarantine_after = 1\n"


def publish(site: LiveSite, numbers: range, container: str = "body") -> None:  # noqa: F811 - the fixture
    """Put these stories on the site, and list them with all that are there."""
    for number in numbers:
        page = story(f"Desa {number}" * (1 + number % 3)).body.replace(b"class=body", f"class={container}".encode())
        site.answers[f"/read/{number}"] = Answer(page)
    site.answers["/index"] = listing(*(site.url + path for path in site.answers if path.startswith("/read")))


def articles(archive: Path) -> dict[str, str | None]:
    """The archive's articles: path and layout."""
    with Catalog(archive / "catalog.db", read_only=True) as catalog:
        return {f"/{entry.article.url.split('/', 3)[3]}": entry.article.layout for entry in catalog.articles()}


def test_a_redesign_from_its_alarm_to_its_end(site: LiveSite, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    archive = project(tmp_path, site.url, CONFIG) / "archive"

    publish(site, range(12))
    assert crawl(tmp_path) == (0, "")

    publish(site, range(12, 15), "isi-baru")
    code, said = crawl(tmp_path)
    assert code == 3
    assert "drift of uji: [fallback] 3 of 3 articles fit no layout" in said
    assert len(articles(archive)) == 15  # the quarantine begins with the next run

    publish(site, range(15, 18), "isi-baru")
    code, said = crawl(tmp_path)
    assert code == 3
    assert "3 articles wait in quarantine" in said
    assert len(articles(archive)) == 15
    waiting = [line.url for line in ledger_of(archive, newest(archive)).values() if line.evidence == EVIDENCE]
    assert sorted(waiting) == [f"{site.url}/read/{number}" for number in (15, 16, 17)]

    accepted_elsewhere(archive, tmp_path / "salinan", site)

    declared = tmp_path / "outlets_of_test.py"
    declared.write_text(declared.read_text().replace('body="div.body"', 'body="div.body, div.isi-baru"'))
    publish(site, range(18, 21), "isi-baru")
    site.asked.clear()
    code, said = crawl(tmp_path)
    assert code == 0
    assert "drift of uji is over" in said
    assert "6 articles that had waited were made" in said
    assert not {f"/read/{number}" for number in (15, 16, 17)}.intersection(site.asked)  # captured once is enough
    found = articles(archive)
    assert len(found) == 21
    assert {found[f"/read/{number}"] for number in range(15, 21)} == {"test"}
    assert [report.state for report in reports(Archive.open(archive))] == ["quarantined", "quarantined", "recovered"]
    assert kliping(tmp_path, "verify").returncode == 0

    assert kliping(tmp_path, "reextract", "--outlet", "uji", "--apply", "--workers", "1").returncode == 0
    assert set(articles(archive).values()) == {"test"}


def accepted_elsewhere(archive: Path, copy: Path, site: LiveSite) -> None:  # noqa: F811 - the fixture
    """Of a copy of the archive: whoever accepts has the articles as the fallback reads them."""
    shutil.copytree(archive, copy)
    done = accept(Archive.open(copy), "uji", Outlets([outlet(site.url, domain="127.0.0.1")]), Config(archive=copy))
    assert done.released == 3
    assert len(articles(copy)) == 18
    assert articles(copy)["/read/15"] is None


def crawl(folder: Path) -> tuple[int, str]:
    """Exit code, and what was said of drift."""
    done = kliping(folder, "crawl", "uji", "--allow-private", "--delay", "0")
    return done.returncode, "\n".join(line for line in done.stderr.splitlines() if "drift" in line)


def newest(archive: Path) -> str:
    """The id of the last run."""
    return max(path.name for path in (archive / "runs").iterdir())
