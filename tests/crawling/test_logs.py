"""A run's log, in lines to read or in JSON."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import TYPE_CHECKING

import msgspec
import pytest

from archiver.crawling.logs import log_to

if TYPE_CHECKING:
    from pathlib import Path

LOG = logging.getLogger("archiver.uji")


def test_json_lines(tmp_path: Path) -> None:
    with log_to(tmp_path, "json"):
        LOG.info("satu %s", "dua\ntiga", extra={"spider": SimpleNamespace(name="tempo")})
        try:
            raise ValueError("rusak \udcff")
        except ValueError:
            LOG.exception("gagal")
    first, second = (msgspec.json.decode(line) for line in (tmp_path / "log.jsonl").read_bytes().splitlines())
    assert first["time"].endswith("+00:00")
    assert {key: first[key] for key in first if key != "time"} == {
        "level": "INFO",
        "logger": "archiver.uji",
        "outlet": "tempo",
        "message": "satu dua\ntiga",
        "exception": None,
    }
    assert (second["level"], second["message"]) == ("ERROR", "gagal")
    assert "ValueError: rusak" in second["exception"]


def test_lines_to_read(tmp_path: Path) -> None:
    with log_to(tmp_path, "text"):
        LOG.info("satu")
    assert (tmp_path / "log.txt").read_text().endswith("[archiver.uji] INFO: satu\n")


def test_afterwards_all_is_as_before(tmp_path: Path) -> None:
    handlers, level = list(logging.root.handlers), logging.getLogger("archiver").level
    with pytest.raises(KeyError), log_to(tmp_path, "text"):
        raise KeyError
    assert (logging.root.handlers, logging.getLogger("archiver").level) == (handlers, level)


def test_a_full_disk_cuts_the_log_short_without_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "log.txt").symlink_to("/dev/full")
    with log_to(tmp_path, "text"):
        logging.getLogger("archiver").error("more than fits")
    assert capsys.readouterr().err == ""
