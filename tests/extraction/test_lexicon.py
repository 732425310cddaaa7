import re
import time

import pytest

from archiver.extraction.junk import glued, judge
from archiver.extraction.lexicon import ANY, MAX_LINE, Marker, lexicon

MARKERS = lexicon().markers
WHOLE = [marker for marker in MARKERS if marker.scope != "glued"]
GLUED = [marker for marker in MARKERS if marker.scope == "glued"]

TITLE = "Warga Desa Menanam Bakau"
FIRST = "Warga desa menanam lima ribu bibit bakau di pesisir utara sepanjang pekan ini."
SECOND = "Bibit itu berasal dari tiga kebun milik kelompok tani di desa tetangga."
THIRD = "Kepala desa berharap ombak tidak lagi masuk ke rumah warga."
OTHER = "Nelayan Kembali Melaut Setelah Dua Pekan"


def name(marker: Marker) -> str:
    return marker.id


def verdict_in(lines: list[str], line: str) -> str | None:
    verdict = judge(lines)[lines.index(line)]
    return None if verdict is None else verdict.kind


@pytest.mark.parametrize("marker", WHOLE, ids=name)
def test_the_example_is_the_marker(marker: Marker) -> None:
    assert lexicon().find(marker.example, edge=ANY in marker.opens) == marker


@pytest.mark.parametrize("marker", WHOLE, ids=name)
def test_the_example_is_judged_in_its_place(marker: Marker) -> None:
    example = marker.example
    texts = {
        "head": [TITLE, example, FIRST, SECOND, THIRD],
        "tail": [TITLE, FIRST, SECOND, THIRD, example],
        "edge": [TITLE, FIRST, SECOND, THIRD, example],
        "beside": [TITLE, FIRST, SECOND, THIRD, "Bagikan Artikel Ini", example],
        "label": [TITLE, FIRST, example, OTHER, SECOND, THIRD],
    }
    lines = texts.get(marker.scope, [TITLE, FIRST, example, SECOND, THIRD])
    if marker.scope == "label" and marker.kind != "related_inline":
        lines = [TITLE, example, "Wulan Sari", FIRST, SECOND]
    assert verdict_in(lines, example) == marker.kind


@pytest.mark.parametrize("marker", WHOLE, ids=name)
def test_the_counter_example_is_kept_wherever_it_stands(marker: Marker) -> None:
    counter = marker.counter
    for lines in (
        [TITLE, FIRST, counter, SECOND, THIRD],
        [TITLE, FIRST, SECOND, THIRD, counter, FIRST, SECOND],
        [TITLE, FIRST, SECOND, THIRD, counter],
    ):
        assert verdict_in(lines, counter) is None


@pytest.mark.parametrize("marker", GLUED, ids=name)
def test_a_glued_marker_is_cut_out_of_its_line(marker: Marker) -> None:
    found = glued(marker.example)
    assert found is not None
    assert found.verdict.rule == marker.id
    assert found.before + found.junk + found.after == marker.example
    assert glued(marker.counter) is None


@pytest.mark.parametrize("marker", MARKERS, ids=name)
def test_a_marker_is_well_formed(marker: Marker) -> None:
    expanded = re.sub(r"\{[a-z]+\}", "x", marker.pattern)
    assert re.compile(expanded).groups == 0, "groups are the lexicon's own"
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", marker.id)
    assert marker.outlets
    assert all(word == word.lower() for word in marker.opens)


def test_ids_are_unique() -> None:
    assert len({marker.id for marker in MARKERS}) == len(MARKERS)


def test_no_marker_holds_an_id_or_a_date() -> None:
    assert not [marker.id for marker in MARKERS if re.search(r"\d{4}", marker.pattern.replace("\\d{4}", ""))]


def test_the_time_for_a_line_is_bounded() -> None:
    hostile = ["Simak berita " + "di " * 160, "Nama " * 100, "(" * MAX_LINE, "Foto: " + "a." * 240, "A | " * 120]
    started = time.process_time()
    for line in hostile:
        lexicon().find(line[:MAX_LINE], edge=True)
    assert time.process_time() - started < 2
