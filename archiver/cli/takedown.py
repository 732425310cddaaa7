"""`kliping takedown`: take an article out of an archive, with proof."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from archiver.archive import Archive
from archiver.cli.arguments import configured, outlets_option, take_archive
from archiver.cli.command import Command
from archiver.cli.output import complain, counted, note, printable, quiet_option, say
from archiver.crawling.lock import archive_lock
from archiver.crawling.recovery import mend
from archiver.errors import ExitCode, NotFoundError, UsageError
from archiver.takedown.carry_out import Found, carry_out, look
from archiver.takedown.journal import finish, is_pending
from archiver.takedown.log import Takedown, TakenDown
from warc.record import target_uri

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archiver.takedown.scan import Doomed

_BECAUSE = {"payload": "with the same payload", "copy": "with passages of it"}
_SHOWN = 10
"""Addresses of other captures that are listed."""


@click.command(
    cls=Command,
    short_help="Take an article out of the archive, with proof.",
    examples=(
        "kliping takedown archive URL --reason 'court order 12/2026' --dry-run",
        "kliping takedown archive URL --reason 'court order 12/2026' --policy https://example.org/takedown",
        "kliping takedown archive URL --reason 'asked for by the author' --copies",
    ),
)
@click.argument("words", nargs=-1, required=True, metavar="[ARCHIVE] URL")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stays in the archive.")
@click.option("--policy", metavar="TEXT", help="By which rule, or where that can be read.")
@click.option("--copies", is_flag=True, help="Also take captures of other addresses that hold passages of it.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@outlets_option
@quiet_option
def takedown(words: tuple[str, ...], *, reason: str, policy: str | None, copies: bool, dry_run: bool) -> ExitCode:
    """Take the article at URL out of ARCHIVE, for good: no file of it has its words afterwards.

    All captures of its addresses go (its pages and other forms of it too), those of other addresses with the same
    payload, and with them their requests, texts and notes. Every WARC file in which one of them lay is written anew
    and verified; each other record keeps its bytes, its id and its place. Indexes, catalog and logs follow. What stays
    is a note in the archive with reason, time and digests, and a line in ARCHIVE/takedowns.jsonl; the addresses are
    not captured again.

    Captures of other addresses that quote it (a feed, say) or name its headline are listed and left, unless --copies
    takes the former. What was exported before, or copied elsewhere, is out of reach.

    Exit codes: 0 done, 2 done, but passages are left in what is listed, 65 a file is damaged, 66 nothing of that
    address is there, 73 archive not writable, 75 another run is at it.
    """
    place, rest = take_archive(words)
    if len(rest) != 1:
        raise UsageError("give one address, and before it the archive: kliping takedown ARCHIVE URL --reason TEXT")
    if not reason.strip():
        raise UsageError("--reason is empty: say why, it is all that will be left of the article")
    (url,) = rest
    config, outlets = configured()
    if dry_run:
        _describe(_found(place, look(place, outlets, url, copies=copies, on_file=_show), url))
        note("nothing was changed")
        return ExitCode.OK
    Archive.create(place.root)
    with archive_lock(place.root / "locks", alone=True):
        if (before := finish(place)) is not None:
            note(f"finished the takedown of {before.url}, which had been interrupted")
            if target_uri(url) in before.addresses:
                _account(place, before)
                return ExitCode.OK
        for message in mend(place):
            note(message)
        found = _found(place, look(place, outlets, url, copies=copies, on_file=_show), url)
        _describe(found)
        try:
            done = carry_out(place, config, found, reason=reason.strip(), policy=policy)
        finally:
            if is_pending(place):
                complain("the takedown is not at its end: the same command, or the next run, carries on with it")
    _account(place, done)
    return _tell_what_is_left(found)


def _found(archive: Archive, found: Found, url: str) -> Found:
    if found.plan.doomed:
        return found
    if earlier := TakenDown(archive).why(url):
        raise NotFoundError(f"{url} is not there: {earlier}; {archive.takedowns} tells why")
    raise NotFoundError(f"{archive.root} holds nothing of {url}: kliping search finds what it has")


def _show(path: Path) -> None:
    note(f"reading {path.name}")


def _describe(found: Found) -> None:
    """What goes."""
    say(click.style(printable(found.target.title or found.target.url), bold=True))
    for address in sorted(found.plan.addresses):
        say(f"  address  {printable(address)}")
    own = [doomed for doomed in found.plan.records if doomed.reason not in _BECAUSE]
    say(f"  goes     {_kinds(own)}")
    for reason, words in _BECAUSE.items():
        others = [doomed for doomed in found.plan.records if doomed.reason == reason]
        if others:
            say(f"  goes     {_kinds(others)} {words}")
        for url in sorted({doomed.ref.url for doomed in others if doomed.ref.url}):
            say(f"           {printable(url)}")
    say(f"  in       {', '.join(path.name for path in sorted(found.plan.doomed))}")
    for path in found.logs:
        say(f"  words in {path}")
    _list("passages of it are in", found.plan.mentioned("passage"))
    _list("its headline is in", found.plan.mentioned("headline"))
    _list("nobody can tell what is in", found.plan.mentioned("unreadable"))


def _kinds(records: Iterable[Doomed]) -> str:
    kinds = Counter("metadata record" if doomed.ref.type == "metadata" else doomed.ref.type for doomed in records)
    return ", ".join(counted(count, kind, f"{kind}s") for kind, count in kinds.most_common())


def _list(what: str, urls: list[str]) -> None:
    if urls:
        say(f"  stays    {counted(len(urls), 'other address', 'other addresses')}: {what}")
    for url in urls[:_SHOWN]:
        say(f"           {printable(url)}")
    if len(urls) > _SHOWN:
        say(f"           and {len(urls) - _SHOWN} more")


def _account(archive: Archive, done: Takedown) -> None:
    say(f"taken down: {counted(len(done.removed), 'record', 'records')}, {done.id}")
    for file in done.files:
        say(f"  {archive.warc / file.name} verified, sha256 {file.after}")
    say(f"  {archive.catalog} made anew")
    say(f"  {archive.takedowns} has the account, record {done.tombstone} the note")


def _tell_what_is_left(found: Found) -> ExitCode:
    passages = found.plan.mentioned("passage")
    unreadable = found.plan.mentioned("unreadable")
    if passages:
        others = counted(len(passages), "other address holds", "other addresses hold")
        complain(f"{others} passages of it still: --copies takes their captures too")
    if unreadable:
        others = counted(len(unreadable), "other address", "other addresses")
        complain(f"what was captured at {others} could not be searched for its words: look at it yourself")
    for path in found.others:
        complain(f"{path} is not Kliping's and may hold words of it: look at it yourself")
    return ExitCode.PARTIAL if passages or unreadable or found.others else ExitCode.OK
