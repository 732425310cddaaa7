import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extraction.clean import Answer, Failure, clean, clean_jsonl
from archiver.extraction.lexicon import lexicon

TEXT = """Warga Desa Menanam Bakau\x20\x20

Wulan Sari, Jurnalis · Rabu 04 Maret 2020, 10:15 WIB

KUPANG - Warga desa menanam lima ribu bibit bakau sepanjang pekan ini.
Baca juga: Nelayan Kembali Melaut
Bibit itu berasal dari tiga kebun milik kelompok tani.

(wls)
"""

line = st.one_of(
    st.text(st.characters(exclude_characters="\n\r"), max_size=60),
    st.sampled_from([m.example for m in lexicon().markers]),
)


def test_lines_are_kept_unchanged_and_in_order() -> None:
    cleaned = clean(TEXT)
    assert cleaned.kept == (
        "Warga Desa Menanam Bakau  ",
        "KUPANG - Warga desa menanam lima ribu bibit bakau sepanjang pekan ini.",
        "Bibit itu berasal dari tiga kebun milik kelompok tani.",
    )
    assert [(cut.line, cut.kind, cut.rule) for cut in cleaned.removed] == [
        (6, "related_inline", "baca-juga"),
        (9, "editor_mark", "inisial"),
    ]
    assert [(cut.line, cut.kind) for cut in cleaned.rerouted] == [(3, "byline")]


@given(st.lists(line, max_size=20))
def test_every_line_ends_in_exactly_one_place(lines: list[str]) -> None:
    cleaned = clean("\n".join(lines))
    cuts = {cut.line: cut.text for cut in (*cleaned.removed, *cleaned.rerouted)}
    assert len(cuts) == len(cleaned.removed) + len(cleaned.rerouted)
    assert all(lines[number - 1] == text for number, text in cuts.items())
    rest = [text for number, text in enumerate(lines, start=1) if number not in cuts and text and not text.isspace()]
    assert list(cleaned.kept) == rest


@given(st.lists(line, max_size=12))
def test_carriage_returns_make_no_difference(lines: list[str]) -> None:
    assert clean("\r\n".join(lines)) == clean("\n".join(lines))


def test_a_corpus_is_answered_line_by_line() -> None:
    answers = list(
        clean_jsonl(
            [msgspec.json.encode({"id": 7, "text": TEXT, "url": "https://x/"}), b"\n", '{"id": "a", "text": ""}']
        )
    )
    assert all(isinstance(answer, Answer) for answer in answers)
    first = msgspec.json.decode(msgspec.json.encode(answers[0]))
    assert sorted(first) == ["id", "kept", "removed", "rerouted"]
    assert first["id"] == 7
    assert first["kept"] == list(clean(TEXT).kept)
    assert msgspec.json.decode(msgspec.json.encode(answers[1]))["kept"] == []


@pytest.mark.parametrize(
    ("bad", "expected_id"),
    [(b'{"id": 3}', 3), (b'{"id": 4, "text": 5}', 4), (b"[]", None), (b'{"id": 5, "text"', None), (b"\xff\xfe", None)],
)
def test_a_bad_line_is_told_and_the_rest_goes_on(bad: bytes, expected_id: int | None) -> None:
    failure, answer = clean_jsonl([bad, b'{"id": 1, "text": "Satu."}'])
    assert isinstance(failure, Failure)
    assert failure.id == expected_id
    assert failure.error
    assert isinstance(answer, Answer)


def test_an_outlets_brands_are_asked_for_by_url() -> None:
    asked: list[str] = []

    def brands_of(url: str) -> tuple[str, ...]:
        asked.append(url)
        return ("Kabar Desa",)

    list(
        clean_jsonl(
            ['{"id": 1, "text": "Satu.", "url": "https://kabar.desa/1"}', '{"id": 2, "text": "Dua."}'],
            brands_of=brands_of,
        )
    )
    assert asked == ["https://kabar.desa/1"]
