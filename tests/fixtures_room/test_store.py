"""Where fixtures lie, and by which names they are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.errors import NotFoundError, UsageError
from archiver.fixtures.store import find_fixture, find_fixtures


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("uji/panen", "uji/panen-2", "lain/banjir"):
        path = tmp_path / f"{name}.warc.gz"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"12345")
    return tmp_path


def test_by_outlet_and_case(folder: Path) -> None:
    found = find_fixtures(folder)
    assert [fixture.name for fixture in found] == ["lain/banjir", "uji/panen", "uji/panen-2"]
    assert (found[1].outlet, found[1].case, found[1].size) == ("uji", "panen", 5)
    assert found[1].json == folder / "uji" / "panen.json"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["uji"], ["uji/panen", "uji/panen-2"]),
        (["uji/"], ["uji/panen", "uji/panen-2"]),
        (["uji/panen-2", "lain"], ["uji/panen-2", "lain/banjir"]),
        (["uji/panen", "uji"], ["uji/panen", "uji/panen-2"]),
    ],
)
def test_by_name(folder: Path, names: list[str], expected: list[str]) -> None:
    assert [fixture.name for fixture in find_fixtures(folder, names)] == expected


def test_a_wrong_name_is_answered_with_the_nearest(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"has no fixture 'uji/panem'; did you mean uji/panen\?"):
        find_fixtures(folder, ["uji/panem"])
    with pytest.raises(UsageError, match="has no fixture 'qqq'; kliping fixture list"):
        find_fixtures(folder, ["qqq"])


def test_one_fixture_needs_its_case(folder: Path) -> None:
    assert find_fixture(folder, "uji/panen").name == "uji/panen"
    with pytest.raises(UsageError, match="uji is an outlet: name one of its cases, uji/panen, uji/panen-2"):
        find_fixture(folder, "uji")


def test_an_empty_folder_says_how_to_fill_it(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"there is no fixture in .*: make one"):
        find_fixtures(tmp_path)
