import random
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extraction.junk import judge
from archiver.extraction.lexicon import lexicon
from tests.extraction import texts
from tests.extraction.texts import Text

TEXTS = [*texts.read("outlets"), *texts.read("lookalikes")]

TITLE = "Warga Desa Menanam Bakau di Pesisir"
STORY = [
    "Warga desa menanam lima ribu bibit bakau di pesisir utara sepanjang pekan ini.",
    "Bibit itu berasal dari tiga kebun milik kelompok tani di desa tetangga.",
    '"Kami ingin ombak tidak lagi masuk ke rumah," kata kepala desa.',
]

_KNOWN = {
    word.lower() for marker in lexicon().markers for word in (*re.findall(r"[A-Za-z]+", marker.pattern), *marker.opens)
}
_KNOWN |= {word.lower() for brand in lexicon().brands for word in re.findall(r"\w+", brand)}
_KNOWN |= set(
    "com co id wib gmt jpg antara foto rabu senin kamis jumat selasa januari februari maret mei may juli juni".split()
)
_KNOWN |= set("march september agustus hoaks right playstore lalu hari jam hours ago day pagi ketentuansegera".split())


def names(text: Text) -> str:
    return text.name


@pytest.mark.parametrize("text", TEXTS, ids=names)
def test_every_line_gets_its_verdict(text: Text) -> None:
    found = [None if verdict is None else verdict.action for verdict in judge(text.lines)]
    assert list(zip(text.lines, found, strict=True)) == list(zip(text.lines, text.expected, strict=True))


def disguise(lines: tuple[str, ...], seed: int) -> list[str]:
    """The lines with each word that no marker knows replaced by one of the same shape, the same everywhere."""
    chance = random.Random(seed)  # noqa: S311 - letters for a test, no secret
    names: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        word = match[0]
        if word.lower() in _KNOWN:
            return word
        if word not in names:
            letters = (chance.choice(string.ascii_lowercase) for _ in word)
            names[word] = "".join(new.upper() if old.isupper() else new for old, new in zip(word, letters, strict=True))
        return names[word] if names[word].lower() not in _KNOWN else word

    redated = [re.sub(r"\b20[12]\d\b", lambda _: str(chance.randint(2010, 2029)), line) for line in lines]
    return [re.sub(r"[A-Za-z]+", other, line) for line in redated]


@pytest.mark.parametrize("text", TEXTS, ids=names)
def test_no_verdict_depends_on_what_a_story_is_about(text: Text) -> None:
    for seed in range(5):
        lines = disguise(text.lines, seed)
        found = [None if verdict is None else verdict.action for verdict in judge(lines)]
        assert list(zip(lines, found, strict=True)) == list(zip(lines, text.expected, strict=True))


words = st.text(string.ascii_lowercase, min_size=2, max_size=9)
titles = st.lists(words, min_size=4, max_size=10).map(lambda parts: " ".join(parts).title())
teasers = st.lists(words, min_size=6, max_size=14).map(lambda parts: " ".join(parts).capitalize() + ".")
dates = st.one_of(
    st.integers(2, 59).map(lambda count: f"{count} hari lalu"),
    st.integers(2, 23).map(lambda count: f"{count} jam lalu"),
    st.integers(1, 28).map(lambda day: f"{day} Februari 2024"),
)


@st.composite
def related_items(draw: st.DrawFn) -> list[str]:
    """A related list as pages print it: every item of one form, some with the title twice, a date, a teaser."""
    twice, teaser = draw(st.booleans()), draw(st.booleans())
    lines: list[str] = []
    for _ in range(draw(st.integers(2, 8))):
        title = draw(titles)
        lines += [title, draw(dates)]
        lines += [title] if twice else []
        lines += [draw(teasers)] if teaser else []
        lines += ["Baca Selengkapnya"]
    return lines


@given(
    related_items(),
    st.sampled_from(["Berita terkait", "Artikel Terkait", "RELATED ARTICLES", "Rekomendasi untuk Anda"]),
)
def test_a_related_list_goes_whatever_its_items_say(items: list[str], heading: str) -> None:
    verdicts = judge([TITLE, *STORY, heading, *items])
    assert verdicts[:4] == [None] * 4
    assert all(verdict is not None and verdict.kind == "related_list" for verdict in verdicts[4:])


@given(related_items())
def test_repeated_items_need_no_heading(items: list[str]) -> None:
    verdicts = judge([TITLE, *STORY, *items])
    assert verdicts[:4] == [None] * 4
    assert all(verdict is not None for verdict in verdicts[4:])


@given(
    st.lists(
        st.tuples(st.sampled_from(["Baca juga: ", "Baca Juga : ", "BACA JUGA: ", "Baca: ", "Simak Juga: "]), titles)
    )
)
def test_inline_titles_go_wherever_they_stand_and_however_many(related: list[tuple[str, str]]) -> None:
    lines = [TITLE]
    for number, (label, title) in enumerate(related):
        lines += [STORY[number % 3], label + title, label + title]
    kept = [line for line, verdict in zip(lines, judge(lines), strict=True) if verdict is None]
    assert kept == [line for line in lines if line == TITLE or line in STORY]


@given(
    st.lists(
        st.one_of(st.text(max_size=90), titles, teasers, st.sampled_from([m.example for m in lexicon().markers])),
        max_size=25,
    )
)
def test_any_lines_get_one_verdict_each(lines: list[str]) -> None:
    verdicts = judge(lines)
    assert len(verdicts) == len(lines)
    assert all(verdict is None for line, verdict in zip(lines, verdicts, strict=True) if not line.strip())


@pytest.mark.parametrize(
    "mark", ["(wls)", "(WLS)", "(wls/bat)", "[wls]", "(*)", "(H-4)", "(Wulan Sari)", "WULAN SARI | BAT", "WULAN SARI"]
)
def test_a_sign_off_counts_only_after_the_last_paragraph(mark: str) -> None:
    assert judge([TITLE, *STORY, mark])[-1] is not None
    assert judge([TITLE, *STORY, mark, *STORY])[4] is None


def test_after_a_sign_off_titles_without_a_heading_go_too() -> None:
    verdicts = judge([TITLE, *STORY, "(wls)", "Nelayan Kembali Melaut", "Harga Cabai Turun Lagi"])
    assert [verdict.rule for verdict in verdicts[4:] if verdict] == ["inisial", "after-sign-off", "after-sign-off"]


def test_titles_without_any_mark_are_kept() -> None:
    assert judge([TITLE, STORY[0], "Nelayan Kembali Melaut", STORY[1], STORY[2]]) == [None] * 5


def test_the_second_copy_of_the_title_goes() -> None:
    assert [verdict is None for verdict in judge([TITLE, TITLE, *STORY])] == [True, False, True, True, True]


def test_a_title_that_is_known_makes_its_copy_known() -> None:
    verdicts = judge(["Langsung", TITLE, *STORY], title=TITLE)
    assert [verdict.rule for verdict in verdicts if verdict] == ["repeated-line"]


def test_linked_lines_belong_to_the_label_above_them() -> None:
    lines = [TITLE, STORY[0], "Baca Juga:", "Harga Cabai", "Harga Beras", STORY[1], STORY[2]]
    assert [verdict is not None for verdict in judge(lines, link_share=[0, 0, 0, 1, 1, 0, 0])] == [
        False,
        False,
        True,
        True,
        True,
        False,
        False,
    ]


def test_the_text_of_blank_lines_does_not_matter() -> None:
    lines = [TITLE, *STORY, "(wls)", "Bagikan Artikel Ini"]
    spaced = [line for pair in ((line, " ") for line in lines) for line in pair]
    assert judge(spaced)[::2] == judge(lines)
