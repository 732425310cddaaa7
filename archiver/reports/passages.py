"""The text of a captured page in reading order, cut into passages by what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from archiver.extraction.locate import Piece, Trace
from archiver.extraction.stream import HARD, NONE

Fate: TypeAlias = Literal["kept", "rerouted", "removed", "outside"]


def fate(piece: Piece | None) -> Fate:
    """What became of a piece; None stands for what lies outside the article's area."""
    if piece is None:
        return "outside"
    return piece.part if piece.part in ("rerouted", "removed") else "kept"


@dataclass(frozen=True, slots=True)
class Run:
    """Text within a line that belongs to one piece, or to none."""

    text: str
    piece: Piece | None

    @property
    def fate(self) -> Fate:
        """What became of it."""
        return fate(self.piece)


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that one piece made, or a single line that several pieces share."""

    lines: tuple[tuple[Run, ...], ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces in it, each once, in reading order."""
        return tuple(dict.fromkeys(run.piece for line in self.lines for run in line if run.piece is not None))

    @property
    def fates(self) -> tuple[Fate, ...]:
        """What became of its parts, each fate once."""
        return tuple(dict.fromkeys(run.fate for line in self.lines for run in line))

    @property
    def fate(self) -> Fate:
        """What became of it; of a shared line, of its kept part if there is one."""
        return "kept" if "kept" in self.fates else self.fates[0]

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(run.text.split()) for line in self.lines for run in line)


def passages(trace: Trace) -> Iterator[Passage]:
    """All visible text of a traced page; neighbouring lines of one piece, or of none, are together."""
    for _, lines in groupby(enumerate(_lines(trace)), key=_owner):
        yield Passage(tuple(line for _, line in lines))


def _owner(numbered: tuple[int, tuple[Run, ...]]) -> Piece | int | None:
    """The piece that the whole line belongs to; a shared line belongs to nothing but itself."""
    number, line = numbered
    owners = {run.piece for run in line}
    return owners.pop() if len(owners) == 1 else number


def _lines(trace: Trace) -> Iterator[tuple[Run, ...]]:
    stream, owners = trace.stream, trace.owners
    line: list[Run] = []
    parts: list[str] = []
    for index, character in enumerate(stream.text):
        strength = stream.breaks[index]
        if parts and (strength == HARD or owners[index] != owners[index - 1]):
            line.append(Run("".join(parts), owners[index - 1]))
            parts = []
        if line and strength == HARD:
            yield tuple(line)
            line = []
        if strength not in (NONE, HARD):
            parts.append(" ")
        parts.append(character)
    if parts:
        yield (*line, Run("".join(parts), owners[-1]))
