"""The files for operators hold what they should: each is read by a parser of its own kind, and calls what is there."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from archiver.cli.program import kliping
from archiver.config import HEARTBEAT_VARIABLE, NOTIFY_VARIABLE, load_config
from archiver.errors import ExitCode

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
ANALYZE = shutil.which("systemd-analyze")


def accepts(words: list[str]) -> bool:
    """Whether the command line knows this command and these options."""
    command = kliping.get_command(click.Context(kliping), words[0])
    assert command is not None, words
    with command.make_context(words[0], words[1:], resilient_parsing=False) as context:
        return not context.args


def unit(name: str) -> configparser.ConfigParser:
    """A systemd unit; each key stands in it once."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # systemd tells upper from lower case
    parser.read_string((DEPLOY / "systemd" / name).read_text())
    return parser


def documents(path: str) -> list[Any]:
    return list(yaml.safe_load_all((DEPLOY / path).read_text()))


def test_the_service_runs_a_command_that_is_there() -> None:
    service = unit("kliping.service")["Service"]
    program, *words = service["ExecStart"].split()
    assert program.endswith("/bin/kliping")
    assert accepts(words)
    assert service["Type"] == "oneshot"
    assert {int(code) for code in service["SuccessExitStatus"].split()} == {ExitCode.PARTIAL, ExitCode.LOCKED}
    assert service["WorkingDirectory"] in service["ReadWritePaths"].split()


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
def test_systemd_finds_no_fault(tmp_path: Path) -> None:
    for name in ("kliping.service", "kliping.timer"):
        text = (DEPLOY / "systemd" / name).read_text()
        here = text.replace("/opt/kliping/.venv/bin/kliping", sys.executable)  # systemd looks whether it is there
        (tmp_path / name).write_text(here)
    done = subprocess.run(
        [str(ANALYZE), "verify", *map(str, tmp_path.iterdir())], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "kliping" in line]
    assert (done.returncode, ours) == (0, [])


def test_the_timer_is_installed_with_the_timers() -> None:
    timer = unit("kliping.timer")
    assert timer["Timer"]["OnCalendar"] == "hourly"
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_the_line_for_cron() -> None:
    lines = (DEPLOY / "cron" / "kliping").read_text().splitlines()
    (line,) = [line for line in lines if re.match(r"[\d*]", line)]
    *moment, user, command = line.split(maxsplit=6)
    assert all(re.fullmatch(r"[\d*/,-]+", part) for part in moment)
    assert user == "kliping"
    folder, call = command.split(" && ")
    assert folder.startswith("cd /")
    assert accepts(call.split()[1:])


def test_the_image_runs_what_is_locked_as_nobody_special() -> None:
    steps = (DEPLOY / "docker" / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    final = steps[max(number for number, line in enumerate(steps) if line.startswith("FROM ")) :]
    assert any(line.startswith("RUN ") and "--require-hashes" in line for line in steps)
    assert "USER 10001:10001" in final
    (entry,) = [yaml.safe_load(line.removeprefix("ENTRYPOINT ")) for line in final if line.startswith("ENTRYPOINT ")]
    (words,) = [yaml.safe_load(line.removeprefix("CMD ")) for line in final if line.startswith("CMD ")]
    assert entry[0].endswith("/bin/kliping")
    assert accepts(words)
    copied = {
        word for line in steps if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    }
    assert all((ROOT / name).exists() for name in copied)
    sent = (DEPLOY / "docker" / "Dockerfile.dockerignore").read_text().splitlines()
    assert {line.removeprefix("!") for line in sent if line.startswith("!")} == copied


def test_what_the_image_installs_is_what_is_tested() -> None:
    def pins(path: Path) -> set[str]:
        return set(re.findall(r"^([\w.\-]+==[^\s;\\]+)", path.read_text(), re.MULTILINE))

    image = pins(DEPLOY / "requirements.lock")
    assert {name.partition("==")[0] for name in image} >= {"scrapy", "apprise", "prometheus-client"}
    assert image <= pins(ROOT / "requirements.lock"), "run: make lock"


def test_compose_builds_that_image() -> None:
    (found,) = documents("docker/compose.yaml")
    service = found["services"]["kliping"]
    context = (DEPLOY / "docker" / service["build"]["context"]).resolve()
    assert context == ROOT
    assert (context / service["build"]["dockerfile"]).is_file()
    assert set(service["environment"]) == {NOTIFY_VARIABLE, HEARTBEAT_VARIABLE}
    assert [volume.rpartition(":")[2] for volume in service["volumes"]] == ["/data"]


def test_the_cron_job(tmp_path: Path) -> None:
    by_kind = {document["kind"]: document for document in documents("kubernetes/cronjob.yaml")}
    job = by_kind["CronJob"]["spec"]
    assert (job["concurrencyPolicy"], job["jobTemplate"]["spec"]["backoffLimit"]) == ("Forbid", 0)
    pod = job["jobTemplate"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    path = tmp_path / "kliping.toml"
    path.write_text(by_kind["ConfigMap"]["data"]["kliping.toml"])
    mounts = {mount["mountPath"]: mount["name"] for mount in container["volumeMounts"]}
    config = load_config(path, environ={})
    assert str(config.archive.parent) in mounts
    assert config.contact is not None
    assert accepts(container["args"])
    assert str(Path(container["args"][-1]).parent) in mounts
    assert {volume["name"] for volume in pod["volumes"]} == set(mounts.values())
    assert pod["securityContext"]["runAsUser"] == 10001


def test_scrapyd_is_sent_the_name_of_the_settings() -> None:
    parser = configparser.ConfigParser()
    parser.read(DEPLOY / "scrapyd" / "scrapy.cfg")
    settings = parser["settings"]["default"]
    assert parser["deploy"]["project"] == "kliping"
    assert f'"scrapy": ["settings = {settings}"]' in (DEPLOY / "scrapyd" / "setup.py").read_text()
    parser.read(DEPLOY / "scrapyd" / "scrapyd.conf")
    assert parser["scrapyd"]["bind_address"] == "127.0.0.1"
