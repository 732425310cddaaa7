"""The JSON file beside a recording: what it may say, and what is said where it says something else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archiver.errors import BadDataError, CannotWriteError, NotFoundError
from archiver.fixtures.expectation import Expectation, plain, read_expectation, write_expectation
from tests.fixtures_room.support import EXPECTED

URL = "https://uji.example/read/1"


def written(folder: Path, values: object) -> Path:
    path = folder / "panen.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "uji" / "panen.json"
    write_expectation(EXPECTED, path)
    assert read_expectation(path) == EXPECTED


def test_a_missing_key_stands_for_nothing(tmp_path: Path) -> None:
    found = read_expectation(written(tmp_path, {"url": URL, "title": "Panen"}))
    assert (found.outcome, found.lead, found.tags, found.requests, found.complete) == ("saved", None, (), (), True)


def test_of_a_story_every_field_is_written() -> None:
    values = plain(Expectation(url=URL, title="Panen"))
    assert (values["lead"], values["tags"], values["complete"], values["attested_by"]) == (None, (), True, None)
    assert not {"entries", "requests", "sources", "attested_on"} & values.keys()


def test_of_an_outcome_alone_nothing_else_is_written() -> None:
    assert list(plain(Expectation(url=URL, outcome="soft_404"))) == [
        *("url", "outlet", "captured", "outcome", "attested_by")
    ]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"url": URL, "titel": "Panen"}, "unknown key 'titel'; did you mean title?"),
        ({"url": URL, "zzz": 1}, "unknown key 'zzz'; the keys are url, outlet, "),
        ({"url": URL, "authors": "Siti"}, "authors: Expected `array`, got `str`; correct the file"),
        ({"url": URL, "outcome": "hilang"}, "outcome: Invalid enum value 'hilang'"),
        ({"url": URL, "removed": [{"kind": "ad"}]}, "removed[0]: Object missing required field `contains`"),
        ({"url": URL, "images": [{"url": 3}]}, "images[0].url: Expected `str`, got `int`"),
        ({"title": "Panen"}, "Object missing required field `url`"),
        ([], "Expected `object`, got `array`"),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path: Path, values: Any, message: str) -> None:
    path = written(tmp_path, values)
    with pytest.raises(BadDataError) as raised:
        read_expectation(path)
    assert str(raised.value).startswith(f"{path}: {message}")


def test_no_json_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "panen.json"
    path.write_text('{"url": "x",\n "title": }')
    with pytest.raises(BadDataError, match=r"is no valid JSON: .* line 2 column"):
        read_expectation(path)


def test_a_recording_without_an_expectation_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"there is no .*panen\.json: write .* and kliping fixture accept fills it"):
        read_expectation(tmp_path / "panen.json")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "uji").write_text("a file")
    with pytest.raises(CannotWriteError, match="cannot write"):
        write_expectation(EXPECTED, tmp_path / "uji" / "panen.json")


def test_what_is_covered() -> None:
    assert Expectation(url=URL).is_empty
    assert not Expectation(url=URL, outcome="gone").is_empty
    assert not EXPECTED.is_empty
    assert EXPECTED.covered == (
        *("outcome", "layout", "title", "published", "pages", "complete", "body", "requests", "articles"),
    )
