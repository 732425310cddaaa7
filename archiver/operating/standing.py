"""How a run stands, in one word, and whether that is worth a notice: at the beginning, in between, at the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from archiver.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archiver.crawling.account import Account
    from archiver.operating.tables import Occasion

Standing: TypeAlias = Literal["well", "partial", "drift", "failure"]

_OF_CODE: Final[Mapping[int | None, Standing]] = MappingProxyType(
    {ExitCode.OK: "well", ExitCode.PARTIAL: "partial", ExitCode.DRIFT: "drift"}
)


def standing(account: Account) -> Standing:
    """How the run ended; one that was never finished was killed, which is a failure."""
    return _OF_CODE.get(account.exit_code, "failure")


def occasions(account: Account, before: Iterable[Account], remind: timedelta) -> tuple[Occasion, ...]:
    """What there is to be told of a run that has ended.

    `before` are the earlier runs of the same outlets, the newest first; no more of them are read than needed. What is
    as it was before is told again only once in `remind`, counted from the run in which it began. The moments are those
    of the runs themselves.
    """
    now = standing(account)
    since = previous = None
    last: Standing = "well"
    for earlier in before:
        if previous is None:
            previous, last = _start(earlier), standing(earlier)
        if standing(earlier) != now:
            break
        since = _start(earlier)
    found: list[Occasion] = ["always"]
    if now != "well" and (since is None or previous is None or _is_due(since, previous, _start(account), remind)):
        found.append(now)
    if now in {"well", "partial"} and last in {"drift", "failure"}:
        found.append("recovery")
    return tuple(found)


def _start(account: Account) -> datetime:
    return datetime.fromisoformat(account.started)


def _is_due(since: datetime, previous: datetime, now: datetime, remind: timedelta) -> bool:
    """Whether a whole number of `remind` after `since` lies between the previous run and this one."""
    return (now - since) // remind > (previous - since) // remind
