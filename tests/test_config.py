"""kliping.toml: found, checked, overridden; and what is said when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.config import Config, check_contact, find_config, load_config, with_changes
from archiver.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    path = folder / "kliping.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_there_are_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_config() is None
    assert load_config(environ={}) == Config()


def test_the_file_of_the_working_directory_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 'contact = "kliping@contoh.example"\noutlets = ["spiders", "mine"]\ndelay = 3\n')
    monkeypatch.chdir(tmp_path)
    config = load_config(environ={})
    assert (config.contact, config.outlets, config.delay) == ("kliping@contoh.example", ("spiders", "mine"), 3.0)


def test_the_archive_is_relative_to_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, 'archive = "berita"\n')
    assert load_config(path, environ={}).archive == tmp_path / "berita"
    absolute = write(tmp_path, 'archive = "/srv/berita"\n')
    assert load_config(absolute, environ={}).archive == Path("/srv/berita")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dealy = 2.0", r"kliping\.toml: unknown key 'dealy'; did you mean delay\?"),
        ("colour = 1", r"kliping\.toml: unknown key 'colour'; the keys are contact, operator"),
        ('delay = "fast"', r"kliping\.toml: delay: Expected `float`, got `str`; write for example delay = 2\.0"),
        ("delay = 0.2", r"kliping\.toml: delay = 0\.2 is below 1\.0 s"),
        ("limit = 0", r"kliping\.toml: limit: Expected `int` >= 1; write for example limit = 200"),
        ("outlets = [1]", r"kliping\.toml: outlets: Expected `str`, got `int`; write for example outlets = "),
        ("archive = 1", r"kliping\.toml: archive: Expected `str`, got `int`; write for example archive = "),
        ('contact = "me"', r"kliping\.toml: contact: 'me' is neither a mail address nor a web address"),
        ('contact = "a@b.example\\r\\nX: y"', r"kliping\.toml: contact: .* is neither"),
        ("contact = 1 2", r"kliping\.toml is no valid TOML: .*line 1"),
    ],
)
def test_a_mistake_is_named_with_file_key_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        load_config(write(tmp_path, text), environ={})


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot read .*none\.toml"):
        load_config(tmp_path / "none.toml", environ={})


def test_the_environment_goes_before_the_file_and_an_option_before_both(tmp_path: Path) -> None:
    path = write(tmp_path, 'contact = "file@contoh.example"\n')
    config = load_config(path, environ={"KLIPING_CONTACT": "variable@contoh.example"})
    assert config.contact == "variable@contoh.example"
    assert with_changes(config, contact="option@contoh.example", limit=None).contact == "option@contoh.example"


def test_changes_are_checked_as_the_file_is() -> None:
    with pytest.raises(ConfigError, match="limit: Expected `int` >= 1"):
        with_changes(Config(), limit=0)
    assert with_changes(Config(archive=Path("a")), delay=0).archive == Path("a")


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        ("kliping@contoh.example", "(+mailto:kliping@contoh.example)"),
        ("mailto:kliping@contoh.example", "(+mailto:kliping@contoh.example)"),
        ("https://contoh.example/kliping", "(+https://contoh.example/kliping)"),
    ],
)
def test_the_user_agent_names_the_contact(contact: str, agent: str) -> None:
    assert Config(contact=contact).user_agent.endswith(agent)
    assert "(" not in Config().user_agent


def test_a_crawl_needs_a_contact_unless_it_may_be_of_this_machine() -> None:
    with pytest.raises(ConfigError, match="KLIPING_CONTACT, or give --contact"):
        check_contact(Config(), allow_private=False)
    check_contact(Config(), allow_private=True)
    check_contact(Config(contact="kliping@contoh.example"), allow_private=False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[notfy]\nwhen = ["drift"]', r"kliping\.toml: unknown key 'notfy'; did you mean notify\?"),
        ('[notify]\ntarget = "x"', r"kliping\.toml: unknown key 'target' in \[notify\]; did you mean targets\?"),
        ("[notify]\ncolour = 1", r"unknown key 'colour' in \[notify\]; the keys are targets, when, remind"),
        ("[metrics]\ndelay = 3", r"unknown key 'delay' in \[metrics\]; the key .* above the first \[table\]"),
        (
            '[notify]\ntargets = "json://a"',
            r"notify\.targets: Expected a list in \[ \], got `str`; write .* targets = .* below \[notify\]",
        ),
        (
            '[notify]\ntargets = ["me@contoh.example"]',
            r"notify\.targets: not of the form .*mailtos://.*below \[notify\]",
        ),
        ('[notify]\nwhen = ["drfit"]', r"notify\.when: Invalid enum value 'drfit'; write for example when = "),
        ("[notify]\nremind = 0", r"notify\.remind: Expected `float` > 0\.0; write for example remind = 24"),
        (
            'notify = "me@contoh.example"',
            r"notify: Expected a table, got `str`; write .* targets = .* below \[notify\]",
        ),
        ('[heartbeat]\nurl = "hc.example.org/4f"', r"heartbeat\.url: not of the form .* url = .* below \[heartbeat\]"),
        ("[metrics]\ntextfile = 1", r"metrics\.textfile: Expected `str`, got `int`; write .* textfile = .*\.prom"),
        ('log = "xml"', r"log: Invalid enum value 'xml'; write for example log = \"json\""),
    ],
)
def test_a_mistake_in_a_table_is_named_with_the_table(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        load_config(write(tmp_path, text), environ={})


def test_what_is_secret_is_not_in_a_message(tmp_path: Path) -> None:
    path = write(tmp_path, '[notify]\ntargets = ["mailtos//me:rahasia@contoh.example"]\n')
    with pytest.raises(ConfigError) as caught:
        load_config(path, environ={})
    assert "rahasia" not in str(caught.value)


def test_tables_are_read_and_the_textfile_is_relative_to_the_file(tmp_path: Path) -> None:
    text = '[metrics]\ntextfile = "kliping.prom"\n[notify]\nwhen = ["always"]\n[heartbeat]\ntimeout = 3\n'
    config = load_config(write(tmp_path, text), environ={})
    assert config.metrics.textfile == tmp_path / "kliping.prom"
    assert (config.notify.when, config.notify.targets, config.heartbeat.timeout) == (("always",), (), 3.0)


def test_secrets_can_come_from_the_environment(tmp_path: Path) -> None:
    path = write(tmp_path, '[notify]\nwhen = ["always"]\ntargets = ["json://berkas.example"]\n')
    environ = {
        "KLIPING_NOTIFY": "json://satu.example mailto://dua.example",
        "KLIPING_HEARTBEAT": "https://hc.example/1",
    }
    config = load_config(path, environ=environ)
    assert config.notify.targets == ("json://satu.example", "mailto://dua.example")
    assert (config.notify.when, config.heartbeat.url) == (("always",), "https://hc.example/1")
    with pytest.raises(ConfigError, match=r"KLIPING_HEARTBEAT: heartbeat\.url: not of the form"):
        load_config(path, environ={"KLIPING_HEARTBEAT": "hc.example"})
