"""Notices to people: what is said of a run, and its way out through the library apprise.

apprise knows some hundred services, each by an address of its own; mail and webhooks are two of them. It is an extra,
because it brings a dozen packages along.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from archiver.errors import ConfigError
from archiver.operating.standing import standing
from archiver.operating.words import minute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from apprise import NotifyBase

    from archiver.crawling.account import Account
    from archiver.operating.standing import Standing
    from archiver.operating.tables import Notify, Occasion

Urgency: TypeAlias = Literal["info", "success", "warning", "failure"]

_SHOWN: Final = 20
"""Problems that a notice lists."""

_TITLES: Final[Mapping[Standing, tuple[str, Urgency]]] = MappingProxyType(
    {
        "well": ("done", "success"),
        "partial": ("done in part", "warning"),
        "drift": ("pages no longer look as they used to", "warning"),
        "failure": ("the run failed", "failure"),
    }
)

MISSING: Final = "notices need the package apprise: install kliping[notify], or take `targets` out of [notify]"


@dataclass(frozen=True, slots=True)
class Notice:
    """A message, in plain text. `urgency` is its colour or icon where a service has such."""

    title: str
    body: str
    urgency: Urgency


def check_notices(notify: Notify) -> None:
    """Raise `ConfigError` where notices are configured that could not be sent: before a run, not after it."""
    if not notify.targets:
        return
    for target in notify.targets:
        _service(target, notify)


def send(notice: Notice, notify: Notify) -> tuple[str, ...]:
    """Send the notice to all targets; returns what went wrong, without the secrets in a target."""
    return tuple(problem for target in notify.targets if (problem := _send(notice, target, notify)))


def notice_of_run(account: Account, told: Sequence[Occasion], folder: Path, problems: Sequence[str]) -> Notice:
    """What is said of a run that has ended; `told` are the occasions, `problems` what is wrong, line by line."""
    words, urgency = _TITLES[standing(account)]
    if "recovery" in told:
        words = "well again" if standing(account) == "well" else "working again, and done in part"
    title = f"Kliping: {', '.join(account.outlets)}: {words}"
    return Notice(title, "\n".join(_lines(account, folder, problems)) + "\n", urgency)


def notice_of_refusal(error: Exception, outlets: Sequence[str]) -> Notice:
    """What is said of a run that could not begin."""
    names = ", ".join(outlets)
    body = f"The run could not begin, and nothing was fetched:\n\n{error}\n"
    return Notice(f"Kliping: {names} could not be crawled", body, "failure")


def _lines(account: Account, folder: Path, problems: Sequence[str]) -> Iterator[str]:
    yield f"{account.kind} of {', '.join(account.outlets)}, {minute(account.started)}"
    yield f"exit code {account.exit_code}: {account.reason}"
    yield ""
    yield f"{account.discovered:7,}  addresses, of which"
    for outcome, count in account.counts.items():
        yield f"{count:7,}  {outcome.replace('_', ' ')}"
    if problems:
        yield ""
        yield from problems[:_SHOWN]
        if len(problems) > _SHOWN:
            yield f"and {len(problems) - _SHOWN} more, on the page of the run"
    yield ""
    yield f"page     {folder / 'index.html'}"
    yield f"ledger   {folder / 'ledger.jsonl'}"


def _service(target: str, notify: Notify) -> NotifyBase:
    """Where the target leads. Raises `ConfigError`."""
    try:
        import apprise  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise ConfigError(MISSING) from error
    with apprise.LogCapture(level=logging.ERROR):
        service = apprise.Apprise.instantiate(target)
    if service is None:
        scheme = target.partition(":")[0]
        raise ConfigError(
            f"notify.targets: apprise cannot read the address that begins with {scheme}://; "
            'write for example targets = ["jsons://hooks.example.org/kliping"] below [notify]'
        )
    service.socket_connect_timeout = service.socket_read_timeout = notify.timeout
    return service


def _send(notice: Notice, target: str, notify: Notify) -> str | None:
    try:
        service = _service(target, notify)
    except ConfigError as error:
        return str(error)
    import apprise  # noqa: PLC0415 - see above

    with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as log:
        sender = apprise.Apprise()
        sender.add(service)
        if sender.notify(notice.body, notice.title, apprise.NotifyType(notice.urgency)):
            return None
        said = " ".join(log.getvalue().split())
    return f"no notice to {service.url(privacy=True).partition('?')[0]}: {said or 'apprise says no more'}"
