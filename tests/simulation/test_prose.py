from __future__ import annotations

from archiver.simulation.chance import chance
from archiver.simulation.prose import headline, phrase, write


def test_the_same_words_give_the_same_story() -> None:
    assert write(chance(1, "tempo")) == write(chance(1, "tempo"))
    assert write(chance(1, "tempo")) != write(chance(2, "tempo"))


def test_a_story_is_long_enough_and_has_no_slot_left() -> None:
    for number in range(300):
        draft = write(chance(number))
        assert 5 <= len(draft.paragraphs) <= 9
        assert len(" ".join(draft.paragraphs)) > 500
        assert not any("{" in text for text in (draft.title, *draft.paragraphs))


def test_what_a_story_is_about_stays_the_same_in_it() -> None:
    draft = write(chance("tempat"))
    assert draft.facts["desa"] in draft.title or draft.facts["kota"] in draft.title
    assert draft.facts["desa"] in draft.paragraphs[0]


def test_stories_differ() -> None:
    drafts = [write(chance(number)) for number in range(500)]
    assert len({draft.title for draft in drafts}) > 450
    assert len({draft.paragraphs for draft in drafts}) == 500


def test_a_correction_says_that_it_is_one() -> None:
    draft = write(chance(4))
    assert phrase("ralat", draft.facts, chance(5)).startswith("Ralat: ")
    assert headline(chance(6))[0].isupper()
