"""The egg that is deployed to Scrapyd: no code of its own, but the name of Kliping's settings.

Kliping itself is installed where Scrapyd runs, because it reads files of its own packages, which an egg packs away.
Outlets of your own can go along: put their package beside this file and name it in `packages`.
"""

from setuptools import setup

setup(
    name="kliping-scrapyd",
    version="1.0",
    packages=[],
    entry_points={"scrapy": ["settings = archiver.settings"]},
)
