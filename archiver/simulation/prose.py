"""Invented Indonesian news, out of a small grammar (`prose.toml`): the same random numbers give the same story.

The stories are plain on purpose. What is hard about pages is in the outlets' templates; these texts must only be many,
distinct, and long enough to be stories.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A story as its reporter files it: `facts` are the names that stay the same in it."""

    title: str
    paragraphs: tuple[str, ...]
    reporter: str
    editor: str
    topics: tuple[str, ...]
    facts: Mapping[str, str]


def write(chance: Random) -> Draft:
    """A new story of five to eight paragraphs."""
    facts = {name: chance.choice(words) for name, words in _grammar()["story"].items()}
    facts |= {"benda_kecil": facts["benda"].lower(), "benda_besar": facts["benda"].capitalize()}
    sentences = chance.sample(_words("kalimat"), k=2 * chance.randint(3, 5))
    middle = [f"{first} {second}" for first, second in zip(sentences[::2], sentences[1::2], strict=True)]
    said = chance.sample(_words("ujar"), k=2)
    quotes = chance.sample(_words("kutipan"), k=2)
    middle[1:1] = [said[0].replace("{kutipan}", quotes[0])]
    middle.append(said[1].replace("{kutipan}", quotes[1]))
    patterns = (chance.choice(_words("pembuka")), *middle, chance.choice(_words("penutup")))
    return Draft(
        title=_fill(chance.choice(_words("judul")), facts, chance),
        paragraphs=tuple(_fill(pattern, facts, chance) for pattern in patterns),
        reporter=chance.choice(_words("pewarta")),
        editor=chance.choice(_words("penyunting")),
        topics=(facts["desa"].lower(), *chance.sample(_words("topik"), k=2)),
        facts=facts,
    )


def phrase(kind: str, facts: Mapping[str, str], chance: Random) -> str:
    """One of the phrases of a kind (`ralat`, `perkembangan`, `tambahan_judul`, `judul`), about the story's facts."""
    return _fill(chance.choice(_words(kind)), facts, chance)


def headline(chance: Random) -> str:
    """A headline of some other story, for the boxes beside this one."""
    return phrase("judul", {name: chance.choice(words) for name, words in _grammar()["story"].items()}, chance)


def _fill(pattern: str, facts: Mapping[str, str], chance: Random) -> str:
    numbers = {
        "angka": str(chance.randint(3, 19)),
        "jumlah": str(chance.randint(24, 390)),
        "menit": str(chance.randint(20, 95)),
        "kilo": str(chance.randint(12, 90) * 10),
        "ribu": str(chance.randint(40, 900)),
        "juta": str(chance.randint(4, 98)),
        "urutan": chance.choice(_words("urutan")),
    }
    return _SLOT.sub(lambda slot: facts.get(slot[1]) or numbers[slot[1]], pattern)


def _words(kind: str) -> Sequence[str]:
    return _grammar()["words"][kind]


@cache
def _grammar() -> dict[str, dict[str, tuple[str, ...]]]:
    source = files(__package__) / "prose.toml"
    return msgspec.toml.decode(source.read_bytes(), type=dict[str, dict[str, tuple[str, ...]]])
