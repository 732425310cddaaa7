"""Whether memory stays flat: thousands of extractions in one process, its size printed on the way.

    python benchmarks/memory.py [--extractions 10000] [--pages DIR]

Exits with 1 where the process grew by more than a megabyte a thousand pages in the second half of the run; in the first
one caches fill and the allocator finds its size. Reads /proc, so it runs on Linux alone.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import sys
from pathlib import Path

import pages
from own import OWN

ROUND = 1000
ALLOWED = 1.0
"""Megabytes a thousand extractions; what a leak of a single page's text or tree would exceed many times."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--extractions", type=int, default=10_000, metavar="N")
    parser.add_argument("--pages", type=Path, metavar="DIR", help="pages instead of the fixtures, as for bench.py")
    options = parser.parse_args()
    page_set = pages.directory(options.pages) if options.pages else pages.fixtures()
    calls = itertools.cycle(itertools.product(OWN.values(), page_set.pages))
    sizes = []
    for done, (extractor, page) in enumerate(itertools.islice(calls, options.extractions), start=1):
        extractor(page.html, page.url)
        if done % ROUND == 0:
            sizes.append(megabytes())
            print(f"{done:7} extractions {sizes[-1]:8.1f} MB", flush=True)
    later = sizes[len(sizes) // 2 :]
    if later and later[-1] - later[0] > ALLOWED * len(later):
        sys.exit(f"memory: grew by {later[-1] - later[0]:.1f} MB in the last {len(later) * ROUND} extractions")


def megabytes() -> float:
    """Size of this process in memory."""
    resident = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return resident * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main()
