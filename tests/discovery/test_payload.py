"""Addresses in JSON: plain, and as Nuxt packs it."""

from __future__ import annotations

import json
import re

import pytest

from archiver.capture import Capture
from archiver.discovery import Candidate, discover
from archiver.outlet import Payload

URL = "https://contoh.test/politik/_payload.json"
SOURCE = Payload(URL, links=re.compile(r"^(?:https?://[\w.]+)?/[\w-]+/[\w-]+-\d{5,}/?$"))

FIRST = Candidate("https://contoh.test/politik/sidang-10001", "Sidang dibuka", "2026-07-24T09:00:00+07:00", URL)
SECOND = Candidate("https://contoh.test/hukum/putusan-10002", None, None, URL)


def read(document: object) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    found = discover(SOURCE, Capture(URL, body))
    return found.candidates, found.notes


def test_links_in_plain_json_with_what_stands_beside_them() -> None:
    item = {"url": "/politik/sidang-10001", "title": " Sidang\ndibuka ", "published_at": "2026-07-24 09:00:00"}
    document = {"data": [{"items": [item, {"path": "https://contoh.test/hukum/putusan-10002", "title": 5}]}], "n": 3}
    assert read(document) == ((FIRST, SECOND), ())


def test_links_in_a_packed_document() -> None:
    packed = [
        {"data": 1, "prerenderedAt": 9},
        ["ShallowReactive", 2],
        {"list": 3},
        [4, 8],
        {"title": 5, "url": 6, "published_at": 7, "missing": -1},
        "Sidang dibuka",
        "/politik/sidang-10001",
        "2026-07-24T09:00:00+07:00",
        "/hukum/putusan-10002",
        1785000000000,
    ]
    candidates, notes = read(packed)
    assert set(candidates) == {FIRST, SECOND}
    assert notes == ()


def test_addresses_in_a_list_of_strings() -> None:
    assert read(["/hukum/putusan-10002", "/tentang", "https://contoh.test/"]) == ((SECOND,), ())


@pytest.mark.parametrize(
    "document", [b"<html>", b"\xff\xfe", b"[" * 5000, b"", {"a": [1, None, True]}, [0], [{"a": 7}]]
)
def test_what_holds_no_link_gives_a_note(document: object) -> None:
    candidates, notes = read(document)
    assert candidates == ()
    assert len(notes) == 1
