"""The simulation's own command line, for whoever makes or looks at fixtures.

python -m archiver.simulation list
python -m archiver.simulation record okezone radio-saku     one case; all of them without a name
python -m archiver.simulation expect okezone radio-saku
python -m archiver.simulation serve
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from archiver.errors import ConfigError, KlipingError, UsageError
from archiver.simulation.certificates import issue
from archiver.simulation.expect import write_expectation
from archiver.simulation.pages import Answer, render
from archiver.simulation.record import record
from archiver.simulation.server import Ports, network
from archiver.simulation.story import case_names, load_case, outlet_names

FIXTURES = Path("fixtures")


@click.group()
def simulation() -> None:
    """Make fixtures from the simulated outlets, or look at their pages."""


@simulation.command("list")
def list_cases() -> None:
    """Name all cases, with the date of capture and the title of each."""
    for outlet, case in _chosen(None, None):
        story = load_case(outlet, case)
        click.echo(f"{outlet}/{case}  {story.as_of[:10]}  {story.title}")


@simulation.command("record")
@click.argument("outlet", required=False)
@click.argument("case", required=False)
@click.option("--as-of", metavar="DATE", help="ISO 8601; the case's own date by default.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where the WARC file goes.")
def record_case(outlet: str | None, case: str | None, as_of: str | None, output: Path | None) -> None:
    """Crawl a case with its outlet's real spider and keep the captures; all cases without a name."""
    if outlet and case:
        target = output or FIXTURES / outlet / f"{case}.warc.gz"
        record(outlet, case, target, as_of=as_of)
        click.echo(f"{target}  {target.stat().st_size} bytes")
        return
    if as_of or output:
        raise UsageError("--as-of and -o belong to one recording: name its outlet and case")
    for each in _chosen(outlet, case):  # each in a process of its own, as Twisted has it
        command = [sys.executable, "-m", "archiver.simulation", "record", *each]
        if code := subprocess.run(command, check=False).returncode:  # noqa: S603 - this very program
            sys.exit(code)


@simulation.command("expect")
@click.argument("outlet", required=False)
@click.argument("case", required=False)
def expect_case(outlet: str | None, case: str | None) -> None:
    """Write what a reader takes from a case beside its fixture; of all cases without a name."""
    for each_outlet, each_case in _chosen(outlet, case):
        target = FIXTURES / each_outlet / f"{each_case}.json"
        write_expectation(load_case(each_outlet, each_case), target)
        click.echo(str(target))


@simulation.command()
@click.option("--http", "http_port", default=8080, show_default=True, help="Port for http addresses; 0 takes any.")
@click.option("--https", "https_port", default=8443, show_default=True, help="Port for https addresses; 0 takes any.")
def serve(http_port: int, https_port: int) -> None:
    """Serve all cases on loopback until Ctrl-C, for a browser that is told where the hosts are."""
    answers: dict[str, Answer] = {}
    for outlet, case in _chosen(None, None):
        answers = render(outlet, case) | answers
    with tempfile.TemporaryDirectory(prefix="kliping-serve-") as folder:
        tls = issue(Path(folder), (urlsplit(url).hostname or "" for url in answers)).context()
        try:
            with network(answers, tls, datetime.now(UTC), Ports(http_port, https_port)) as ports:
                _tell_browser(ports)
                threading.Event().wait()
        except OSError as error:
            raise ConfigError(f"cannot listen on {http_port} and {https_port}: {error}; choose others") from error


def _tell_browser(ports: Ports) -> None:
    rules = f"MAP *:80 127.0.0.1:{ports.http}, MAP *:443 127.0.0.1:{ports.https}"
    click.echo("chromium --user-data-dir=$(mktemp -d) --ignore-certificate-errors \\")
    click.echo(f'  --host-resolver-rules="{rules}" URL')
    for outlet, case in _chosen(None, None):
        click.echo(f"  {load_case(outlet, case).url}")


def _chosen(outlet: str | None, case: str | None) -> list[tuple[str, str]]:
    """The named case, all of the named outlet, or all there are."""
    if outlet and case:
        return [(outlet, case)]
    outlets = [outlet] if outlet else outlet_names()
    return [(each, name) for each in outlets for name in case_names(each)]


def main() -> int:
    """Run the command; an expected failure is a message and its exit code."""
    try:
        simulation(standalone_mode=False)
    except KlipingError as error:
        click.echo(f"simulation: {error}", err=True)
        return int(error.exit_code)
    except click.ClickException as error:
        error.show()
        return int(UsageError.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
