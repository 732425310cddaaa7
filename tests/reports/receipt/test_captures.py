from __future__ import annotations

import os
from typing import TYPE_CHECKING

from archiver.reports.receipt.captures import origins, survey
from tests.warc.samples import START, exchange, message, writer

if TYPE_CHECKING:
    from pathlib import Path

ROBOTS = "https://example.com/robots.txt"


def note(outcome: str, evidence: str) -> bytes:
    return f"outcome: {outcome}\r\nevidence: {evidence}\r\n".encode()


def test_what_the_records_tell(tmp_path: Path) -> None:
    made = writer(tmp_path)
    made.write_exchange(exchange(ROBOTS, message(b"User-agent: *")))
    made.write_exchange(exchange(ROBOTS, message(b"", status="503 Busy"), seconds=60))
    page = made.write_exchange(exchange("https://example.com/a", seconds=5, truncated="length", exact=False))
    assert page
    made.write_exchange(exchange("https://example.com/robots.txt/a", seconds=6))
    made.write_metadata(None, b'{"article": {}, "permission": {"robots": "allowed"}}', "application/json", "<urn:x:1>")
    made.write_metadata(None, b'{"article": {}}', "application/json", "<urn:x:2>")
    made.write_metadata(None, b'{"other": "program"}', "application/json", "<urn:x:3>")
    made.write_metadata("https://example.com/b", note("timeout", "60 s: no answer"), "application/warc-fields")
    made.write_metadata("https://example.com/c", note("lost", "no outcome of ours"), "application/warc-fields")
    (path,) = made.close()
    found = survey([path])
    assert (found.truncated, found.rebuilt, found.unread) == (1, 1, [])
    assert found.records["response"] + found.records["revisit"] == 4
    assert found.records["warcinfo"] == 1
    assert found.first is not None
    assert found.last is not None
    assert (found.first[:19], found.last[:19]) == ("2021-05-04T03:02:01", "2021-05-04T03:03:01")
    (robots,) = found.robots.values()
    assert (robots.url, robots.captures, robots.statuses) == (ROBOTS, 2, (200, 503))
    assert robots.first < robots.last
    assert found.decisions == {"allowed": 1, "not asked": 1}
    (absent,) = found.absences.values()
    assert (absent.url, absent.outcome, absent.evidence, absent.run) == (
        "https://example.com/b",
        "timeout",
        "60 s: no answer",
        None,
    )


def test_a_revisit_is_not_cut_short(tmp_path: Path) -> None:
    made = writer(tmp_path)
    made.write_exchange(exchange())
    revisit = made.write_exchange(exchange(seconds=1))
    assert revisit
    assert revisit.type == "revisit"
    assert survey(made.close()).truncated == 0


def test_files_that_say_the_same_of_their_maker_count_together(tmp_path: Path) -> None:
    files: list[Path] = []
    for folder in ("1", "2"):
        made = writer(tmp_path / folder)
        made.write_exchange(exchange())
        files += made.close()
    (origin,) = origins(survey(files))
    assert (origin.files, origin.software, origin.operator, origin.robots) == (2, "kliping/0", "the tests", "obey")
    assert (origin.contact, origin.settings_digest, origin.synthetic) == ("tests@example.org", "sha256:0", True)


def test_the_newest_word_on_an_address_counts(tmp_path: Path) -> None:
    made = writer(tmp_path)
    for outcome in ("timeout", "gone"):
        made.write_metadata("https://example.com/b", note(outcome, "…"), "application/warc-fields")
    found = survey(made.close())
    assert [absence.outcome for absence in found.absences.values()] == ["gone"]


def test_a_damaged_file_counts_up_to_the_damage(tmp_path: Path) -> None:
    made = writer(tmp_path)
    made.write_exchange(exchange("https://example.com/a"))
    made.write_exchange(exchange("https://example.com/b", message(os.urandom(600))))
    (path,) = made.close()
    path.write_bytes(path.read_bytes()[:-30])
    found = survey([path, tmp_path / "tiada.warc.gz"])
    assert found.records["response"] == 2
    assert found.records["request"] == 1
    assert len(found.unread) == 2
    assert found.unread[0].startswith(f"{path}: byte ")
    assert found.first is not None
    assert found.first.startswith(str(START.date()))
