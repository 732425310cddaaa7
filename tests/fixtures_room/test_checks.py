"""One check a field: what is met, what is not, and how that is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from archiver.article import Image
from archiver.errors import BadDataError
from archiver.fixtures.checks import Finding, check, check_names, findings
from archiver.fixtures.expectation import Expectation, ExpectedCandidate, ExpectedRemoval, ExpectedSource
from archiver.fixtures.replay import Replayed
from archiver.fixtures.store import Fixture
from archiver.fixtures.trial import Trial
from archiver.fixtures.words import told
from tests.crawling.support import SITE, Answer
from tests.fixtures_room.support import ANSWERS, EXPECTED, OUTLETS, PAGE, TEXT, make_fixture, trial_of

Found = Callable[..., list[Finding]]


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Fixture, Replayed]:
    fixture = make_fixture(tmp_path_factory.mktemp("fixtures"))
    return fixture, trial_of(fixture).replayed


@pytest.fixture
def found(replayed: tuple[Fixture, Replayed]) -> Found:
    """Findings where the expectation has these other values."""

    def look(**values: Any) -> list[Finding]:
        trial = Trial(replayed[0], msgspec.structs.replace(EXPECTED, **values), OUTLETS)
        trial.__dict__["_outcome"] = replayed[1]  # replayed once for all tests
        return list(findings(trial))

    return look


def test_an_expectation_that_is_met_has_no_findings(found: Found) -> None:
    assert found() == []


def test_a_value_is_compared_in_words(found: Found) -> None:
    (finding,) = found(title="Panen raya di Cibodas")
    assert finding == Finding(
        "title", '"Panen raya di Cibodas"', '"Panen di Cibodas"', ("~ Panen[- raya-] di Cibodas",)
    )


def test_values_without_a_common_word_need_no_difference(found: Found) -> None:
    (finding,) = found(layout="2020")
    assert finding == Finding("layout", '"2020"', '"test"')


@pytest.mark.parametrize(
    ("values", "expected", "got"),
    [
        ({"lead": "Padi gogo."}, '"Padi gogo."', "nothing"),
        ({"authors": ("Siti", "Budi")}, '"Siti", "Budi"', "nothing"),
        ({"published": None}, "nothing", '"2021-01-13T10:00:00+07:00"'),
        ({"complete": True}, "yes", "no"),
        ({"images": (Image("https://a/b.jpg", "Panen", "Foto: X"),)}, '"Panen · Foto: X · https://a/b.jpg"', "nothing"),
    ],
)
def test_what_is_missing_or_too_much(found: Found, values: dict[str, Any], expected: str, got: str) -> None:
    (finding,) = found(**values)
    assert (finding.field, finding.expected, finding.got) == (next(iter(values)), expected, got)


def test_lines_of_the_body_are_shown_with_what_stands_around_them(found: Found) -> None:
    first, second = EXPECTED.body
    (finding,) = found(body=(first, "Satu baris lain.", second))
    assert (finding.expected, finding.got) == ("3 lines", "2 lines")
    assert finding.lines == (f"  {first}", "- Satu baris lain.", f"  {second}")


def test_requests_and_articles_are_apart(found: Found) -> None:
    wanted, saved = found(requests=EXPECTED.requests[:-1], articles=(PAGE,))
    assert (wanted.field, wanted.lines) == ("requests", (f"+ {SITE}/read/8",))
    assert (saved.field, saved.lines) == ("articles", (f"+ {SITE}/read/9",))


def test_the_order_of_addresses_does_not_matter(found: Found) -> None:
    assert found(requests=EXPECTED.requests[::-1]) == []


def test_another_outcome_tells_its_evidence(tmp_path: Path) -> None:
    gone = make_fixture(tmp_path, answers=ANSWERS | {"/read/1": Answer(b"tiada", 404)})
    outcome, *fields = findings(trial_of(gone))
    assert (outcome.field, outcome.expected, outcome.got) == ("outcome", "saved", "gone (HTTP 404 Not Found)")
    title = next(finding for finding in fields if finding.field == "title")
    assert title.got == "no article: gone (HTTP 404 Not Found)"


def test_an_expected_outcome_may_be_none_of_an_article(tmp_path: Path) -> None:
    expected = Expectation(url=PAGE, outcome="gone", requests=(f"{SITE}/read/9",), articles=(f"{SITE}/read/9",))
    answers = {path: ANSWERS[path] for path in ("/index", "/read/9")}
    gone = make_fixture(tmp_path, expected, answers | {"/read/1": Answer(b"tiada", 404)})
    assert check_names(trial_of(gone)) == ("outcome", "requests", "articles")
    assert list(findings(trial_of(gone))) == []


def test_an_empty_expectation_is_one_finding_and_no_replay(tmp_path: Path) -> None:
    trial = trial_of(make_fixture(tmp_path, Expectation(url=PAGE, outlet="uji")))
    assert check_names(trial) == ("expectation",)
    (finding,) = findings(trial)
    assert finding.got.startswith("an empty one: kliping fixture accept")


def test_junk_that_was_kept_or_taken_for_something_else(found: Found) -> None:
    wanted = tuple(ExpectedRemoval("ad", words) for words in ("padi gogo", "10:00 WIB", "tidak ada"))
    (finding,) = found(removed=wanted)
    assert (finding.expected, finding.got) == ("all 3 removed", "0 of them")
    kept, rerouted, absent = finding.lines[1::2]
    assert kept.strip().startswith('it stands in the text: "Warga Cibodas menanam')
    assert rerouted.strip() == "it was taken for re-routed as date"
    assert absent.strip() == "it is not in the article's area"


def test_words_that_may_not_be_in_the_text(found: Found) -> None:
    (finding,) = found(must_not=("kepala desa", "iklan"))
    assert (finding.expected, finding.got) == ("none of 2 in the text", "2 of them")
    assert finding.lines[0].startswith('+ kepala desa: in "Warga Cibodas')


def test_facts_that_were_not_found(found: Found) -> None:
    (finding,) = found(rerouted=("date", "byline"))
    assert finding == Finding("rerouted", "a line for byline", "none")


def test_candidates_of_a_source(found: Found) -> None:
    listed = ExpectedCandidate(f"{SITE}/read/9", "Baca /read/9")
    assert found(sources=(ExpectedSource(f"{SITE}/index", (listed,)),)) == []
    other = ExpectedCandidate(f"{SITE}/read/9", "Baca lain")
    (finding,) = found(sources=(ExpectedSource(f"{SITE}/index", (other,)),))
    assert finding.lines == (f"{SITE}/index", f"~ {SITE}/read/9 · Baca [-lain-]{{+/read/9+}}")
    (finding,) = found(sources=(ExpectedSource(f"{SITE}/feed"),))
    assert (finding.expected, finding.got.partition(",")[0]) == (f"{SITE}/feed", "the recording does not hold it")


def test_a_case_about_a_source_alone(tmp_path: Path) -> None:
    candidates = (ExpectedCandidate(f"{SITE}/read/9", "Baca /read/9"),)
    source = ExpectedSource(f"{SITE}/index", candidates)
    expected = Expectation(url=source.url, outcome=None, requests=(f"{SITE}/read/9",), sources=(source,))
    trial = trial_of(make_fixture(tmp_path, expected, {"/index": ANSWERS["/index"]}))
    assert check_names(trial) == ("requests", "articles", "sources")
    assert list(findings(trial)) == []


def test_a_damaged_recording_is_named_and_replayed_once(tmp_path: Path) -> None:
    fixture = make_fixture(tmp_path)
    fixture.warc.write_bytes(fixture.warc.read_bytes()[:-30])
    trial = trial_of(fixture)
    messages = set()
    for name in ("outcome", "title"):
        with pytest.raises(BadDataError, match=r"panen\.warc\.gz: byte \d+: ") as raised:
            check(name, trial)
        messages.add(id(raised.value))
    assert len(messages) == 1


def test_told_in_words(found: Found) -> None:
    (finding,) = found(title="Panen raya di Cibodas")
    assert list(told(finding)) == [
        'expected  "Panen raya di Cibodas"',
        'got       "Panen di Cibodas"',
        "differs   - expected, + got, within a line [-expected-]{+got+}",
        "  ~ Panen[- raya-] di Cibodas",
    ]


def test_the_text_is_what_the_pages_say() -> None:
    assert all(TEXT.format(name) in line for name, line in zip(("Cibodas", "Lembang"), EXPECTED.body, strict=True))
