"""The tables of kliping.toml that say who is told of a run, and how."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

Occasion: TypeAlias = Literal["failure", "partial", "drift", "recovery", "always"]
"""What a notice can be about.

- `failure`: the run could not do its work, or was never finished
- `partial`: some addresses or sources gave nothing (exit code 2)
- `drift`: pages of an outlet no longer look as they used to
- `recovery`: a run is well after one that was not
- `always`: every run
"""

LogForm: TypeAlias = Literal["text", "json"]

_WebAddress: TypeAlias = Annotated[str, Meta(pattern=r"^https?://\S+$")]
_Seconds: TypeAlias = Annotated[float, Meta(gt=0, le=120)]


class Notify(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[notify]`: who gets a message, and when."""

    targets: tuple[Annotated[str, Meta(pattern=r"^[a-z0-9]+://\S*$")], ...] = ()
    """Addresses of the library apprise: `jsons://host/path` is a webhook, `mailtos://user:password@host` a mail."""
    when: tuple[Occasion, ...] = ("failure", "drift", "recovery")
    remind: Annotated[float, Meta(gt=0)] = 24.0
    """Hours: what lasts is told when it begins, and then once in so many hours."""
    timeout: _Seconds = 10.0
    """Seconds to connect, and to wait for an answer."""


class Metrics(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[metrics]`: numbers for Prometheus."""

    textfile: Path | None = None
    """A file that is written anew after each run, in the folder that node_exporter's textfile collector reads."""


class Heartbeat(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[heartbeat]`: a service that misses the runs that do not come."""

    url: _WebAddress | None = None
    """Asked with GET after each run that did its work, with `/fail` behind it after one that did not."""
    timeout: _Seconds = 10.0
    """Seconds that this may take."""
