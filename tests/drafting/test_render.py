"""The drafted file: Python that can be imported, formatted as the house formats it, with its evidence."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.drafting.document import read_document
from archiver.drafting.draft import Draft, draft
from archiver.drafting.render import render
from archiver.outlet import Css, Selectors
from archiver.outlets import load_outlets
from tests.drafting import site

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


@pytest.fixture(scope="module")
def drafted() -> Draft:
    return draft("muara", "muara.example", site.documents(), site.captures())


def written(folder: Path, drafted: Draft) -> Path:
    path = folder / f"{drafted.outlet.name}.py"
    path.write_text(render(drafted, site.SITE), encoding="utf-8")
    return path


def test_the_file_declares_the_outlet_that_was_drafted(drafted: Draft, tmp_path: Path) -> None:
    written(tmp_path, drafted)
    assert load_outlets((), [tmp_path]).get("muara") == drafted.outlet


def test_what_needs_quotes_and_long_lines_comes_through(drafted: Draft, tmp_path: Path) -> None:
    (first,) = drafted.layouts
    published: Selectors = (
        Css(".waktu-terbit time", attr="datetime"),
        *(f".{'panjang' * 3}-{number}" for number in range(5)),
    )
    layout = dataclasses.replace(first.layout, published=published, body='[class*="i"]', title=("p[title='a \"b\"']",))
    outlet = dataclasses.replace(
        drafted.outlet,
        title='Kabar "Muara" \\',
        layouts=(layout,),
        language="en",
        utc_offset=8,
        distrust=frozenset("ab"),
    )
    odd = dataclasses.replace(
        drafted,
        outlet=outlet,
        layouts=(dataclasses.replace(first, layout=layout),),
        reasons={**drafted.reasons, "distrust": "the same on all pages"},
    )
    path = written(tmp_path, odd)
    assert load_outlets((), [tmp_path]).get("muara") == outlet
    assert_clean(path)


def assert_clean(path: Path) -> None:
    """As ruff has it with this project's rules; the folder need not be a package."""
    for command in (("format", "--check"), ("check", "--ignore", "INP001")):
        ruff = [sys.executable, "-m", "ruff", *command, "--no-cache", "--quiet", "--config", PYPROJECT, path]
        done = subprocess.run(ruff, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "")


def test_the_file_is_formatted_and_linted(drafted: Draft, tmp_path: Path) -> None:
    assert_clean(written(tmp_path, drafted))


def test_each_value_stands_below_its_evidence(drafted: Draft) -> None:
    lines = [line.strip() for line in render(drafted, site.SITE).splitlines()]
    before = {lines[number]: lines[number - 1] for number in range(1, len(lines))}
    assert before['body=".isi-berita",'].startswith("# 5 of 5 pages: holds all of the prose")
    assert before['title=(".judul-berita",),'] == "# 5 of 5 pages: what the metadata call the story"
    assert before['"promo": (".ajakan",),'] == "# .ajakan: 5 pages, the same words on 5 pages"
    assert before[f'Feed("{site.SITE}/rss.xml"),'].endswith("names 5 addresses, 5 of the captured articles")
    assert any("sitemap.xml" in line and line.startswith("# Not captured") for line in lines)


def test_an_outlet_without_sources_says_what_is_missing(drafted: Draft, tmp_path: Path) -> None:
    bare = dataclasses.replace(drafted, sources=(), untried=(), outlet=dataclasses.replace(drafted.outlet, sources=()))
    path = written(tmp_path, bare)
    assert "the outlet cannot be crawled" in path.read_text(encoding="utf-8")
    assert_clean(path)


def test_a_page_cannot_write_code_into_the_file(tmp_path: Path) -> None:
    hostile = 'Kabar """ + __import__("os").abort() + """ \\'
    pages = [
        read_document(
            site.capture(
                site.address(number),
                site.story(number)
                .replace('content="Kabar Muara"', f"content='{hostile}'")
                .replace('class="ajakan"', 'class="ajakan &quot;)#"'),
            )
        )
        for number in range(3)
    ]
    drafted = draft("muara", "muara.example", pages, [])
    assert drafted.outlet.title == hostile
    path = written(tmp_path, drafted)
    assert load_outlets((), [tmp_path]).get("muara") == drafted.outlet
    assert_clean(path)
