"""`kliping outlet new`: draft an outlet file from captures of a site."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from archiver.cli.command import Command
from archiver.cli.fetching import fetching_options
from archiver.cli.fixture.shelf import folder_option
from archiver.cli.output import complain, counted, note, printable, quiet_option, say, say_rows, write_file
from archiver.cli.pages import check_address
from archiver.config import with_changes
from archiver.errors import CannotWriteError, ExitCode, NotFoundError, UsageError
from archiver.outlets import Outlets, load_outlets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archiver.cli.fetching import Fetching
    from archiver.config import Config
    from archiver.drafting.draft import Draft
    from archiver.drafting.proof import Proof
    from archiver.fixtures.moving import Moved

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_FOLDER: Final = Path("outlets")
_DRAFTS: Final = Path("drafts")
_FIXTURES: Final = 2
"""Pages of a layout that become fixtures."""
_SHOWN: Final = 8
"""Lines that are shown of those on which a draft and the fallback differ."""


@click.command(
    cls=Command,
    short_help="Draft an outlet file from captures of a site.",
    examples=(
        "kliping outlet new kabar https://www.kabar.example/indeks --contact you@example.org",
        "kliping outlet new kabar https://www.kabar.example/ --from captured.warc.gz --dir outlets",
    ),
)
@click.argument("name")
@click.argument("url")
@click.option(
    "--from",
    "places",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="WARC",
    help="A WARC file, or an archive, with captures of the site: nothing is fetched then. May be given several times.",
)
@click.option(
    "--dir",
    "target_folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the file goes.  [default: the first of outlet_dirs in kliping.toml, else outlets]",
)
@folder_option
@fetching_options
@quiet_option
def new(
    name: str,
    url: str,
    *,
    places: tuple[Path, ...],
    target_folder: Path | None,
    folder: Path | None,
    fetching: Fetching,
) -> ExitCode:
    """Draft the outlet file DIR/NAME.py for the site at URL, its index of articles at best, and make fixtures of it.

    Without --from the page at URL, six articles that it links to, and the feeds and sitemaps that the site names are
    captured, into the archive drafts/NAME unless --archive names another. What the pages have in common is template,
    what each has alone is its story; title, date and byline are where the page prints what its metadata say. Each line
    of the draft has a comment with its evidence, and a table shows what the draft makes of each page. Two pages of
    each layout become fixtures with empty expectations.

    It is a draft: read it beside the pages (kliping xray), then accept what the fixtures expect.

    Exit codes: 0 done, 2 done, but the draft misses something on some pages, 64 the name or the site is taken, 66 no
    article among the captures, 73 the file is there already or the folder not writable, 78 configuration.
    """
    check_address(url)
    config = fetching.config
    archive = _archive(name, config)
    target = _target(name, target_folder or next(iter(config.outlet_dirs), _FOLDER))
    known = load_outlets(config.outlets, config.outlet_dirs)
    _check_free(name, url, known)
    from archiver.drafting.draft import draft  # noqa: PLC0415 - BeautifulSoup and lxml are slow to import
    from archiver.drafting.material import domain_of, read_material  # noqa: PLC0415 - the same
    from archiver.drafting.proof import prove  # noqa: PLC0415 - the same
    from archiver.drafting.render import render  # noqa: PLC0415 - the same

    with TemporaryDirectory(prefix="kliping-draft-") as scratch:
        files = places or _capture(url, fetching, archive, Path(scratch))
        material = read_material(files, Path(scratch), domain=domain_of(url))
        for damage in material.damage:
            complain(f"{damage}: the rest was used")
        drafted = draft(name, material.domain, material.documents, material.captures)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWriteError(f"cannot make {target.parent}: {error.strerror}; name another with --dir") from error
    write_file(target, [render(drafted, _home(url)).encode()])
    proofs = sorted(prove(drafted), key=lambda proof: proof.url)
    say(f"{target}  {counted(len(drafted.layouts), 'layout', 'layouts')}, drafted from "
        f"{counted(len(proofs), 'article', 'articles')}")  # fmt: skip
    _show(proofs)
    made = list(_fixtures(drafted, proofs, places or (archive,), folder or config.fixtures))
    for moved in made:
        say(f"{moved.fixture.warc}  {counted(moved.records, 'record', 'records')}")
    _tell_next(drafted, target, config, made)
    doubtful = any(proof.layout is None or False in (proof.title, proof.date) for proof in proofs)
    return ExitCode.PARTIAL if doubtful or not drafted.outlet.sources else ExitCode.OK


def _target(name: str, folder: Path) -> Path:
    if _NAME.fullmatch(name) is None:
        raise UsageError(f"{name!r} is no name for an outlet: small letters, digits and _, a letter first")
    target = folder / f"{name}.py"
    if target.exists():
        raise CannotWriteError(f"{target} is there already: choose another name, or take it away first")
    return target


def _check_free(name: str, url: str, known: Outlets) -> None:
    if any(outlet.name == name for outlet in known):
        raise UsageError(f"there is an outlet {name!r} already, in {known.file(name)}: choose another name")
    if (owner := known.for_url(url)) is not None:
        raise UsageError(
            f"{url} is a page of the outlet {owner.name!r}, in {known.file(owner.name)}: "
            f"kliping outlet passport {owner.name} tells what is known of it"
        )


def _archive(name: str, config: Config) -> Path:
    """Where captures for a draft go: read without an outlet, they are no articles of the archive yet."""
    given = click.get_current_context().get_parameter_source("archive") is ParameterSource.COMMANDLINE
    return config.archive if given else _DRAFTS / name


def _capture(url: str, fetching: Fetching, archive: Path, scratch: Path) -> Sequence[Path]:
    from archiver.drafting.gather import gather  # noqa: PLC0415 - only a draft without captures needs it

    config = with_changes(fetching.config, archive=archive)
    gathered = gather(url, config, scratch, allow_private=fetching.allow_private, as_of=fetching.as_of, tell=note)
    for problem in gathered.problems:
        complain(problem)
    return gathered.files or (archive / "warc",)


def _home(url: str) -> str:
    return "/".join(url.split("/")[:3])


def _show(proofs: Sequence[Proof]) -> None:
    """A row a page: what the draft made of it; below, the lines on which it and the fallback differ."""
    rows = [("layout", "title", "date", "lines", "page")]
    words = {True: "as declared", False: "differs", None: "not declared"}
    rows += [
        (proof.layout or "none", words[proof.title], words[proof.date], str(proof.lines), printable(proof.url))
        for proof in proofs
    ]
    say_rows(rows)
    lines = Counter(line for proof in proofs for line in _differing(proof))
    if lines:
        say("lines that the draft keeps (+) or leaves out (-), unlike the fallback; read these first")
    for line, count in lines.most_common(_SHOWN):
        say(f"  {printable(line)[:100]}  ({counted(count, 'page', 'pages')})")
    if len(lines) > _SHOWN:
        say(f"  and {counted(len(lines) - _SHOWN, 'line', 'lines')} more")


def _differing(proof: Proof) -> set[str]:
    return {f"+ {line}" for line in proof.more} | {f"- {line}" for line in proof.fewer}


def _fixtures(drafted: Draft, proofs: Sequence[Proof], places: Sequence[Path], folder: Path) -> Iterator[Moved]:
    """Make fixtures of some pages of each layout, those first on which nothing is in doubt."""
    from archiver.catalog import Catalog  # noqa: PLC0415 - at the end, when there is something to make
    from archiver.fixtures.moving import Mover  # noqa: PLC0415 - the same
    from archiver.fixtures.places import opened  # noqa: PLC0415 - the same

    clearest = sorted(proofs, key=lambda proof: (len(proof.more) + len(proof.fewer), proof.url))
    left = [
        proof.url
        for layout in drafted.outlet.layouts
        for proof in [proof for proof in clearest if proof.layout == layout.name][:_FIXTURES]
    ]
    for place in places:
        with opened(place) as (archive, _), Catalog(archive.catalog, read_only=True) as catalog:
            mover = Mover(archive, catalog, Outlets([drafted.outlet]), folder)
            for url in tuple(left):
                try:
                    moved = mover.move(url, outlet=drafted.outlet.name)
                except NotFoundError:
                    continue  # another of the files has it
                left.remove(url)
                yield moved


def _tell_next(drafted: Draft, target: Path, config: Config, made: Sequence[Moved]) -> None:
    name = drafted.outlet.name
    if not drafted.outlet.sources:
        complain(f"no source was found: name a sitemap, a feed or an index in {target}, or {name} cannot be crawled")
    if target.parent.resolve() not in {folder.resolve() for folder in config.outlet_dirs}:
        note(f'kliping.toml should say outlet_dirs = ["{target.parent}"]; or give --outlets {target.parent} each time')
    note(f"next: read {target}, then")
    note(f"  kliping outlet check {name}")
    for moved in made:
        note(f"  kliping fixture accept {moved.fixture.name}")
