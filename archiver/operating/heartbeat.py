"""The heartbeat: a web address that is asked after each run, so that its owner misses the runs that do not come."""

from __future__ import annotations

import http.client
import urllib.request
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit

from archiver.config import PRODUCT

if TYPE_CHECKING:
    from archiver.operating.tables import Heartbeat


def beat(heartbeat: Heartbeat, *, well: bool) -> str | None:
    """Ask the address, or the one with `/fail` behind it, where one is configured.

    Returns what went wrong, in words that hold no more of the address than its host: the rest is a secret.
    """
    if heartbeat.url is None:
        return None
    host = None
    try:
        url = heartbeat.url if well else failed(heartbeat.url)
        host = urlsplit(url).hostname
        request = urllib.request.Request(url, headers={"User-Agent": PRODUCT})  # noqa: S310 - no other scheme passes the check of the file
        with urllib.request.urlopen(request, timeout=heartbeat.timeout):  # noqa: S310 - the same
            return None
    except HTTPError as error:
        with error:
            reason = f"HTTP {error.code}"
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = str(getattr(error, "reason", None) or error)
    return f"the heartbeat did not reach {host or 'its address'}: {reason}; see [heartbeat] in kliping.toml"


def failed(url: str) -> str:
    """The address that is told of a failure: `/fail` goes behind the path, before the query."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/fail"))
