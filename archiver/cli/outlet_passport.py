"""`kliping outlet passport`: tell what is known of an outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from archiver.cli.command import Command
from archiver.cli.fixture.shelf import Shelf, shelf_options
from archiver.cli.outlet_check import fixtures_of
from archiver.cli.output import counted, quiet_option, say, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archiver.passport.passport import FixtureFacts, LayoutFacts, Passport
    from archiver.passport.practice import Practice


@click.command(
    cls=Command,
    short_help="Tell what is known of an outlet.",
    examples=(
        "kliping outlet passport tempo",
        "kliping outlet passport tempo --archive /srv/news",
        "kliping outlet passport tempo --json | jq .tier",
    ),
)
@click.argument("name")
@click.option(
    "--archive", metavar="DIR", help="An archive with crawls of it: the last good run, what is normal, drift."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@shelf_options
@quiet_option
def passport(name: str, *, archive: str | None, shelf: Shelf, as_json: bool) -> None:
    """Tell what is known of the outlet NAME: sources, layouts with their dates, fixtures and who vouches for them.

    The tier says how much of it is proven: bronze, silver or gold; below it stands what the next tier asks for.
    docs/outlets.md has the criteria. With --archive, also the last good run, what the drift alarm has learnt to be
    normal, and what it says.
    """
    from archiver.archive import Archive  # noqa: PLC0415 - parsers and catalog are slow to import
    from archiver.passport.passport import issue  # noqa: PLC0415 - the same
    from archiver.passport.practice import practice  # noqa: PLC0415 - the same

    issued = issue(shelf.outlets.get(name), shelf.outlets, fixtures_of(shelf, name), shelf.folder)
    if archive is not None:
        issued = msgspec.structs.replace(issued, practice=practice(Archive.open(archive), name))
    if as_json:
        write(msgspec.json.format(msgspec.json.encode(issued), indent=2) + b"\n")
        return
    for line in _lines(issued):
        say(line)


def _lines(issued: Passport) -> Iterator[str]:
    yield click.style(f"{issued.title} ({issued.name})", bold=True) + f"  {', '.join(issued.domains)}"
    if issued.known_broken:
        yield f"  known to be broken: {issued.known_broken}"
    yield f"  tier     {issued.tier}" + (f"; the next asks: {'; '.join(issued.next_tier)}" if issued.next_tier else "")
    yield f"  file     {issued.file or 'unknown'}"
    for source in issued.sources or ("none: it cannot be crawled",):
        yield f"  source   {source}"
    width = max((len(layout.name) for layout in issued.layouts), default=0)
    for layout in issued.layouts:
        yield f"  layout   {layout.name:<{width}}  {_era(layout)}"
    width = max((len(fixture.name) for fixture in issued.fixtures), default=0)
    for fixture in issued.fixtures:
        yield f"  fixture  {fixture.name:<{width}}  {_fixture(fixture)}"
    if not issued.fixtures:
        yield "  fixture  none: kliping fixture add makes one of a capture"
    stands = f", {issued.let_stand} let stand with a reason" if issued.let_stand else ""
    yield f"  check    {counted(len(issued.findings), 'finding', 'findings')}{stands}"
    if issued.practice is not None:
        yield from _practice(issued.practice)


def _era(layout: LayoutFacts) -> str:
    declared = " ".join(
        f"{word} {day}" for word, day in (("since", layout.since), ("until", layout.until)) if day is not None
    )
    if not layout.fixtures:
        shown = "no fixture has it"
    elif layout.first == layout.last:
        shown = f"seen {layout.first} in {counted(len(layout.fixtures), 'fixture', 'fixtures')}"
    else:
        shown = f"seen {layout.first} to {layout.last} in {counted(len(layout.fixtures), 'fixture', 'fixtures')}"
    return f"{shown}; declared {declared}" if declared else shown


def _fixture(fixture: FixtureFacts) -> str:
    words = {
        "attested": f"vouched for by {fixture.attested_by} on {fixture.attested_on}",
        "void": f"changed since {fixture.attested_by} vouched for it",
        "none": "nobody vouches for it",
    }
    fields = counted(len(fixture.covered), "field", "fields")
    size = f"{fixture.bytes / 1000:.0f} kB"
    return f"{(fixture.captured or '')[:10]}  {fields:>9}  {size:>6}  {words[fixture.attestation]}"


def _practice(found: Practice) -> Iterator[str]:
    yield f"  archive  {found.archive}"
    run = found.last_good_run
    yield f"  last run {run.run}, ended {run.finished}: {_counts(run.counts)}" if run else "  last run no good one"
    yield f"  drift    {found.condition}" + (f" since {found.since}" if found.since else "")
    if (usual := found.baseline) is None:
        yield "  usual    nothing is learnt yet"
        return
    yield (
        f"  usual    {counted(usual.articles, 'article', 'articles')} in {counted(usual.runs, 'run', 'runs')}, "
        f"{usual.characters} characters each"
    )
    yield f"           layouts {_shares(usual.layouts)}"
    yield f"           fields {_shares(usual.fields)}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count)


def _shares(shares: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
