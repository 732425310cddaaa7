"""Captions and the credits in them."""

from __future__ import annotations

import pytest

from archiver.extraction.captions import is_caption, is_credited, split_credit

SCENE = "Perahu sayur merapat di dermaga hulu, Rabu (4/3/2020)."


@pytest.mark.parametrize(
    "credit", ["(Foto: Sari Melati/Contoh)", "(ANTARA FOTO/Bagas W)", "[Ilustrasi pasar]", "(Shutterstock)."]
)
def test_a_photo_credit_makes_a_caption_anywhere(credit: str) -> None:
    assert is_caption(f"{SCENE} {credit}")


@pytest.mark.parametrize(
    "line",
    [
        SCENE,
        "Menurut Kementerian (Dok. resmi), pasar itu ramai.",
        "Pasar ramai. Warga datang. Perahu penuh. Hujan turun. Semua pulang. (Foto: Sari)",  # a paragraph
        "Ia memotret pasar itu (foto udara) dari bukit.",
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert not is_caption(line)


@pytest.mark.parametrize("credit", ["(Dok. Panitia)", "ANTARA/Sari Melati", "CONTOH.com/BAGAS", "(Sari Melati/Contoh)"])
def test_some_credits_count_only_before_the_story(credit: str) -> None:
    line = f"Perahu sayur merapat di dermaga hulu. {credit}"
    assert is_credited(line)
    assert not is_caption(line)


def test_what_names_nobody_is_no_credit() -> None:
    assert not is_credited(SCENE)
    assert not is_credited("Tarifnya naik 3/4 dari biasanya.")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (f"{SCENE} (Foto: Sari/Contoh)", (SCENE, "Foto: Sari/Contoh")),
        (f"Keterangan Foto: {SCENE} Contoh/Sari Melati", (SCENE, "Contoh/Sari Melati")),
        (f"\u200b{SCENE} Dok. Panitia Pasar", (SCENE, "Dok. Panitia Pasar")),
        (SCENE, (SCENE, None)),
        ("Foto: dermaga hulu", ("dermaga hulu", None)),
    ],
)
def test_a_caption_is_split_from_its_credit(line: str, parts: tuple[str, str | None]) -> None:
    assert split_credit(line) == parts
