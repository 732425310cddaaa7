import pytest

from archiver.extraction.sign_offs import split_sign_off


@pytest.mark.parametrize(
    "mark", ["(abc/def)", "(H-4)", "(OL-3)", "(kpl/abc/def)", "[abc]", "(*)", "(Ant)", "(FHM)", "***", "(A-1/B-2)"]
)
@pytest.mark.parametrize(
    "sentence", ["Hujan turun.", '"Hujan turun," katanya.', 'Katanya, "Hujan turun."', "Hujan turun!"]
)
def test_a_mark_after_the_last_sentence_is_split_off(sentence: str, mark: str) -> None:
    assert split_sign_off(f"{sentence} {mark}") == (sentence, mark)
    assert split_sign_off(f"{sentence}{mark}") == (sentence, mark)


@pytest.mark.parametrize(
    "line",
    [
        "Hujan turun pada Rabu (1/8).",
        "Hujan turun pada Rabu (8/7/2020)",
        "Ia diperiksa komisi itu (KPK).",
        "Hujan turun (ahl)",
        '"Hujan turun" (KPK)',
        "Apa itu? (jawab)",
        "Hujan turun. (Rabu, 3/4)",
        "(abc)",
        "",
    ],
)
def test_ordinary_brackets_stay(line: str) -> None:
    assert split_sign_off(line) == (line, None)
