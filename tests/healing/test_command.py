"""`kliping heal` from the captures to an outlet file that reads them, and what it says where it can't."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archiver.errors import ExitCode
from archiver.fixtures.checks import value_of
from archiver.fixtures.expectation import STORY
from archiver.fixtures.store import find_fixtures
from archiver.outlets import load_outlets
from archiver.warcfile import WarcPages
from tests.healing.support import FIXTURES, check_format, pages, seeded, write_warc

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.fixtures.expectation import Expectation
    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]

SPIDERS = Path(__file__).parents[2] / "spiders"
COMPARED = [name for name in STORY if name != "layout"]


@pytest.fixture
def workshop(kliping: Kliping, tmp_path: Path) -> Callable[[str], Path]:
    """A folder with an outlet's file in it, and a kliping.toml that names no other outlet: `workshop("viva")`."""
    del kliping  # it changes into the folder

    def set_up(outlet: str) -> Path:
        (tmp_path / "mine").mkdir()
        shutil.copy(SPIDERS / f"{outlet}.py", tmp_path / "mine")
        (tmp_path / "kliping.toml").write_text('outlets = []\noutlet_dirs = ["mine"]\n', encoding="utf-8")
        return tmp_path / "mine" / f"{outlet}.py"

    return set_up


def faults(warc: Path, folder: Path, expected: Expectation) -> list[str]:
    """The fields in which the page in this file is not read as it should be, with the outlets of that folder."""
    article = WarcPages(warc, load_outlets((), [folder]), folder).article(expected.url)
    return [name for name in COMPARED if value_of(name, article) != getattr(expected, name)]


def expectations(outlet: str, *cases: str) -> list[Expectation]:
    names = [f"{outlet}/{case}" for case in cases] or [outlet]
    return [fixture.expectation() for fixture in find_fixtures(FIXTURES, names)]


@pytest.mark.parametrize(
    ("outlet", "kind", "cases"),
    [
        ("antara", "hashed-names", ()),
        ("detik", "moved-byline", ("baterai-garam", "layar-lampion")),
        ("kompas", "redesign", ()),
        ("mediaindonesia", "changed-title", ()),
        ("okezone", "doubled-page", ("radio-saku", "bekal-sekolah")),
        ("republika", "renamed-container", ("dapur-umum", "kampung-lampion")),
        ("tempo", "renamed-container", ("kebun-kopi", "papan-pasar")),
        ("viva", "junk-inside", ()),
        ("winpoin", "moved-byline", ("kibor-braille", "peramban-jelajah")),
    ],
)
def test_a_breakage_is_healed_by_the_patch(
    kliping: Kliping, workshop: Callable[[str], Path], tmp_path: Path, outlet: str, kind: str, cases: tuple[str, ...]
) -> None:
    file = workshop(outlet)
    before = file.read_text(encoding="utf-8")
    warc = seeded(tmp_path, outlet, kind, *cases)
    expected = expectations(outlet, *cases)
    broken = [faults(warc, file.parent, each) for each in expected]
    assert any(broken)

    done = kliping("heal", outlet, "--from", warc, "--good", FIXTURES / outlet, "-o", "heal.patch")
    assert done.code == ExitCode.OK, done.err
    assert file.read_text(encoding="utf-8") == before

    subprocess.run(["git", "apply", "heal.patch"], check=True)  # noqa: S607 - found as a user's shell finds it
    assert [faults(warc, file.parent, each) for each in expected] == [[] for _ in expected]
    for fixture in find_fixtures(FIXTURES, [outlet]):
        if fixture.expectation().outcome == "saved":
            assert faults(fixture.warc, file.parent, fixture.expectation()) == []
    check_format(file)


def test_the_account(kliping: Kliping, workshop: Callable[[str], Path], tmp_path: Path) -> None:
    workshop("viva")
    warc = seeded(tmp_path, "viva", "renamed-container")
    done = kliping("heal", "viva", "--from", warc, "--good", FIXTURES / "viva", "--xray", "x.html")
    lines = done.err.splitlines()
    assert lines[0] == "viva: 2 of 2 captures are not read as they should be, the first of 2015-12-24"
    assert "body: no layout fits" in done.err
    row = next(line.split() for line in lines if line.split()[:1] == ["body"])
    assert row == ["body", ".content-text", "2", "of", "2", "likely"]
    assert "  with it 2 of 2 captures read as they should; 2 captures from before stay as they are" in lines
    assert done.out.startswith("--- a/mine/viva.py\n+++ b/mine/viva.py\n")
    assert '+            body=".content-text",\n' in done.out
    page = Path("x.html").read_text(encoding="utf-8")
    assert page.count("<iframe") == 4
    assert "http-equiv" in page


def test_the_same_captures_give_the_same_patch(
    kliping: Kliping, workshop: Callable[[str], Path], tmp_path: Path
) -> None:
    workshop("antara")
    warc = seeded(tmp_path, "antara", "redesign")
    first, second = (kliping("heal", "antara", "--from", warc, "--good", FIXTURES / "antara").out for _ in range(2))
    assert first
    assert first == second


def test_apply_changes_the_file(kliping: Kliping, workshop: Callable[[str], Path], tmp_path: Path) -> None:
    file = workshop("viva")
    warc = seeded(tmp_path, "viva", "renamed-container")
    done = kliping("heal", "viva", "--from", warc, "--good", FIXTURES / "viva", "--apply")
    assert (done.code, done.out) == (ExitCode.OK, "")
    assert 'body=".content-text"' in file.read_text(encoding="utf-8")
    assert kliping("heal", "viva", "--from", warc, "--good", FIXTURES / "viva").err.endswith("it fits already\n")


def test_nothing_is_broken(kliping: Kliping, workshop: Callable[[str], Path]) -> None:
    workshop("viva")
    done = kliping("heal", "viva", "--from", FIXTURES / "viva", "--good", FIXTURES / "viva", "--xray", "x.html")
    assert (done.code, done.out) == (ExitCode.OK, "")
    assert done.err == "viva: 2 captures read, nothing is broken: it fits already\n"
    assert not Path("x.html").exists()


def test_captures_before_a_date_are_good_ones(
    kliping: Kliping, workshop: Callable[[str], Path], tmp_path: Path
) -> None:
    workshop("viva")
    old = pages("viva", scratch=tmp_path)
    archive = tmp_path / "both"
    archive.mkdir()
    write_warc(archive / "before.warc.gz", [sample.capture for sample in old])
    seeded(archive, "viva", "renamed-container", "perahu-tidur")
    done = kliping("heal", "viva", "--from", archive, "--since", "2015-12-20", "--limit", "50", "--good", archive)
    assert done.code == ExitCode.OK, done.err
    assert "1 of 2 captures are not read as they should be" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["viva"], ExitCode.USAGE, "Missing option '--from'"),
        (["tiada", "--from", "{good}"], ExitCode.USAGE, "unknown outlet 'tiada': the outlets are viva"),
        (["viva", "--from", "tiada.warc.gz"], ExitCode.NOT_FOUND, "there is no WARC file at tiada.warc.gz"),
        (["viva", "--from", "{other}"], ExitCode.NOT_FOUND, "there is no captured article page of viva in"),
        (["viva", "--from", "{good}", "--since", "2030-01-01"], ExitCode.NOT_FOUND, "are older than --since"),
        (["viva", "--from", "{broken}", "--good", "{good}", "-o", "tiada/x"], ExitCode.CANNOT_WRITE, "cannot write"),
        (["viva", "--from", "{good}", "--apply", "-o", "x"], ExitCode.USAGE, "give one of the two"),
        (["viva", "--from", "{empty}"], ExitCode.BAD_DATA, "byte 0"),
    ],
)
def test_what_cannot_be_done(
    kliping: Kliping,
    workshop: Callable[[str], Path],
    tmp_path: Path,
    arguments: list[str],
    code: ExitCode,
    message: str,
) -> None:
    file = workshop("viva")
    before = file.read_bytes()
    places = {
        "good": FIXTURES / "viva",
        "other": FIXTURES / "antara",
        "broken": seeded(tmp_path, "viva", "renamed-container"),
        "empty": tmp_path / "empty.warc.gz",
    }
    places["empty"].write_bytes(b"no WARC file")
    done = kliping("heal", *(argument.format(**places) for argument in arguments))
    assert done.code == code, done.err
    assert message in done.err
    assert done.out == ""
    assert file.read_bytes() == before


def test_a_story_that_nobody_knows_is_refused(
    kliping: Kliping, workshop: Callable[[str], Path], tmp_path: Path
) -> None:
    """The page prints but a sliver of what it printed before: no container can be told by that."""
    file = workshop("viva")
    old = pages("viva", "perahu-tidur", scratch=tmp_path)
    page = "<html><body><div class='isi'><p>Halaman ini sedang diperbaiki.</p></div></body></html>"
    captures = [type(sample.capture)(sample.url, page.encode(), (), sample.capture.date) for sample in old]
    warc = write_warc(tmp_path / "bare.warc.gz", captures)
    done = kliping("heal", "viva", "--from", warc, "--good", FIXTURES / "viva")
    assert done.code == ExitCode.DRIFT
    assert "no container was found that holds the text of 'Perahu Tidur" in done.err
    assert done.out == ""
    assert 'name="article-2015"' in file.read_text(encoding="utf-8")


def test_an_outlet_whose_layouts_are_made_by_a_program(
    kliping: Kliping, workshop: Callable[[str], Path], tmp_path: Path
) -> None:
    file = workshop("viva")
    text = file.read_text(encoding="utf-8").replace("    layouts=(\n", "    layouts=tuple((\n")
    file.write_text(text.replace("        ),\n    ),\n)\n", "        ),\n    )),\n)\n"), encoding="utf-8")
    warc = seeded(tmp_path, "viva", "renamed-container")
    done = kliping("heal", "viva", "--from", warc, "--good", FIXTURES / "viva", "--xray", "x.html")
    assert done.code == ExitCode.BAD_DATA
    assert "proposed: article-2015-12" in done.err
    assert "<h2>The patch</h2>" not in Path("x.html").read_text(encoding="utf-8")
    assert "its layouts are not written as layouts=(Layout(...), ...)" in done.err
