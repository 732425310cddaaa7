from __future__ import annotations

from typing import get_args

from archiver.article import Outcome
from archiver.reports.receipt.history import ABSENT
from archiver.reports.receipt.words import MEANINGS, counted, grouped, spoken


def test_every_outcome_has_a_meaning() -> None:
    assert MEANINGS.keys() == set(get_args(Outcome))
    assert {fate for outcome, (fate, _) in MEANINGS.items() if outcome in ABSENT} == {"removed", "rerouted"}


def test_groups_share_all_addresses_and_leave_out_what_does_not_occur() -> None:
    groups = list(grouped({"saved": 5, "updated": 1, "gone": 2, "timeout": 0}))
    assert [(group.fate, group.count, group.share) for group in groups] == [("kept", 6, 75.0), ("removed", 2, 25.0)]
    assert [row[0] for row in groups[0].rows] == ["saved", "updated"]
    assert list(grouped({})) == []


def test_words() -> None:
    assert [spoken(name) for name in ("not_wanted", "dns", "soft_404")] == ["not wanted", "DNS", "soft 404"]
    assert (counted(1, "file", "files"), counted(2300, "file", "files")) == ("1 file", "2,300 files")
