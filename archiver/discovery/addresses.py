"""One article, many addresses: which parts of an address say nothing of what is there.

What marks a campaign is left out before an address is asked for. AMP and mobile pages and `?page=` are pages of their
own; they are told to be the same article, so that it is fetched once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.outlet import Outlet

_TRACKING: Final = re.compile(
    r"""
    (?: utm_\w+                                       # Google Analytics, and whoever does as it does
      | [gd]clid | gclsrc | [gw]braid | _g[al] | srsltid          # Google
      | fbclid | fb_(?:action_ids|action_types|source|ref)        # Facebook
      | igsh | igshid | msclkid | twclid | ttclid | li_fat_id | yclid | ymclid | _openstat   # other networks
      | mc_[ce]id | mkt_tok | _hs(?:enc|mi) | vero_id | oly_(?:anon|enc)_id                 # newsletters
      | at_(?:medium|campaign|custom\d) | wt_mc | s_cid | cmpid                             # audience measurement
    )
    """,
    re.VERBOSE,
)
"""Names of parameters that only tell where a reader came from; each is documented by the service that adds it."""

_PAGE: Final = re.compile(r"page=(?:\d+|all)", re.IGNORECASE)


def untracked(url: str) -> str:
    """The address without tracking parameters; all the rest of it stays as it is, byte for byte."""
    if "?" not in url:
        return url
    return _keep(url, lambda part: not _TRACKING.fullmatch(part.partition("=")[0].lower()))


def first_page(url: str, outlet: Outlet) -> str:
    """The address without `page=`, where an article of the outlet may be at it; else as it is."""
    if "page=" not in url.lower():
        return url
    single = _keep(url, lambda part: not _PAGE.fullmatch(part))
    return single if outlet.wants(single) else url


def main_address(url: str, outlet: Outlet) -> str:
    """The address that stands for all of one article that the outlet's addresses tell to be its own."""
    url = first_page(url, outlet)
    for pattern, replacement in outlet.twins:
        main = pattern.sub(replacement, url)
        if main != url and outlet.wants(main):
            url = main
    return url


def _keep(url: str, wanted: Callable[[str], bool]) -> str:
    parts = urlsplit(url)
    fields = parts.query.split("&")
    kept = [field for field in fields if wanted(field)]
    return url if len(kept) == len(fields) else urlunsplit(parts._replace(query="&".join(kept)))
