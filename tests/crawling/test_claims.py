"""An article at several addresses is kept once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawling.support import (
    SITE,
    ledger_of,
    outcomes,
    run_replay,
    story,
    write_warc,
)

pytestmark = pytest.mark.usefixtures("no_network")


def test_two_addresses_of_one_article(tmp_path: Path) -> None:
    fixture = write_warc(
        tmp_path / "in",
        {"/read/1": story("Cibodas"), "/read/1/amp": story("Cibodas", canonical=f"{SITE}/read/1")},
    )
    archive = tmp_path / "archive"
    for expected in ("saved", "unchanged"):
        result = run_replay(archive, fixture)
        assert outcomes(archive, result.account.run) == {"/read/1": expected, "/read/1/amp": "duplicate"}
        assert ledger_of(archive, result.account.run)[f"{SITE}/read/1/amp"].target == f"{SITE}/read/1"
