"""The WARC files that a replay is given: finding them, and making the most of damaged ones."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archiver.errors import BadDataError, NotFoundError
from warc.errors import WarcReadError
from warc.index import WarcIndex

if TYPE_CHECKING:
    from collections.abc import Iterable

_SUFFIXES = (".warc.gz", ".warc")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files that a replay answers from. `damage` says, for each file that is not whole, where and what."""

    index: WarcIndex
    paths: tuple[Path, ...]
    damage: tuple[str, ...]


def find_warcs(names: Iterable[str | Path]) -> tuple[Path, ...]:
    """The WARC files of these names: files, folders of such (an archive, too), fixtures without their ending.

    Raises `NotFoundError` for a name that leads to none.
    """
    found: dict[Path, None] = {}
    for name in names:
        paths = _files(Path(name))
        if not paths:
            raise NotFoundError(f"there is no WARC file at {name}: give a .warc.gz or .warc file, or a folder of them")
        found.update(dict.fromkeys(paths))
    return tuple(found)


def open_inputs(paths: Iterable[Path], scratch: Path) -> Inputs:
    """An index over these files. Of a damaged one, what stands before the damage is copied to `scratch` and used.

    Raises `BadDataError` if nothing in them can be read, `NotFoundError` if one cannot be opened.
    """
    paths = tuple(paths)
    usable, damage = dict(zip(paths, paths, strict=True)), []
    while True:
        try:
            index = WarcIndex(usable.values())
        except WarcReadError as error:
            path = next(original for original, used in usable.items() if str(used) == error.file)
            damage.append(f"{path}: byte {error.offset}: {error.reason}")
            part = _good_part(path, error.offset, scratch / str(len(damage)))
            if part is None:
                del usable[path]
            else:
                usable[path] = part
        except OSError as error:
            raise NotFoundError(f"cannot read {error.filename}: {error.strerror}") from error
        else:
            break
    if not usable:
        raise BadDataError("; ".join(damage))
    return Inputs(index, paths, tuple(damage))


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if path.is_dir():
        return sorted(file for file in path.rglob("*.warc*") if file.name.endswith(_SUFFIXES))
    return [file for suffix in _SUFFIXES if (file := path.with_name(path.name + suffix)).is_file()]


def _good_part(path: Path, size: int, folder: Path) -> Path | None:
    """A copy of the first `size` bytes of the file, under the same name; None if there are none."""
    if size == 0:
        return None
    folder.mkdir()
    part = folder / path.name
    shutil.copyfile(path, part)
    with part.open("r+b") as file:
        file.truncate(size)
    return part
