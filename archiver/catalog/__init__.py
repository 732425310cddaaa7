"""The catalog of an archive: SQLite over what lies in its WARC files. It never reads a page."""

from archiver.catalog.entry import Dated, Entry, Filters, Hit, Visit
from archiver.catalog.save import Saved
from archiver.catalog.store import Catalog

__all__ = ["Catalog", "Dated", "Entry", "Filters", "Hit", "Saved", "Visit"]
