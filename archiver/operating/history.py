"""The runs of an archive, the newest first: read one by one, because years of hourly runs are many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from archiver.crawling.account import read_account

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.crawling.account import Account

SHARED = "crawl"
"""In the middle of the id of a run of several outlets; one of a single outlet has its name there."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run's folder and what its run.json says."""

    folder: Path
    account: Account


def crawls(
    archive: Archive, names: Collection[str] | None = None, *, on_unread: Callable[[str], None] | None = None
) -> Iterator[Run]:
    """The crawls of any of these outlets, or all, the newest first.

    `on_unread` is told of each run.json that cannot be read. `names` may be changed while the runs are read.
    """
    for folder in sorted((path for path in archive.runs.glob("*-*") if path.is_dir()), reverse=True):
        label = folder.name.partition("-")[2].rpartition("-")[0]
        if names is not None and label != SHARED and label not in names:
            continue
        try:
            account = read_account(folder / "run.json")
        except (OSError, msgspec.MsgspecError) as error:
            if on_unread is not None:
                on_unread(f"{folder / 'run.json'}: {error}")
            continue
        if account.kind == "crawl" and (names is None or not set(names).isdisjoint(account.outlets)):
            yield Run(folder, account)


def newest_by_outlet(
    archive: Archive, names: Collection[str], count: int, *, on_unread: Callable[[str], None] | None = None
) -> dict[str, list[Run]]:
    """The last crawls of each of these outlets, so many or all that there are, the newest first."""
    found: dict[str, list[Run]] = {name: [] for name in names}
    wanted = set(names)
    for run in crawls(archive, wanted, on_unread=on_unread):
        for name in wanted.intersection(run.account.outlets):
            found[name].append(run)
            if len(found[name]) == count:
                wanted.discard(name)
        if not wanted:
            break
    return found
