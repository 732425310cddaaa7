"""Which address an article goes by when it lies at several: the first that a run, or any before it, kept it from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archiver.article import Article
    from archiver.catalog import Catalog
    from archiver.takedown.log import TakenDown
    from warc.record import RecordRef


class Claims:
    """The addresses of articles that a run is about to keep. Those that are kept the catalog knows."""

    def __init__(self, catalog: Catalog, taken_down: TakenDown) -> None:
        self._catalog = catalog
        self._taken_down = taken_down
        self._owners: dict[str, str] = {}

    def claim(self, article: Article, record: RecordRef) -> str | None:
        """Reserve the article's addresses for it; or the address of the article that has them, in the run or catalog.

        Two addresses are one article when they name the same canonical one, or when the page at one of them is byte
        for byte that of the other: then `record`, of the article's first page, is a revisit.
        """
        addresses = [article.url] if article.canonical_url is None else [article.url, article.canonical_url]
        if record.type == "revisit" and (original := self._catalog.original(record)) and original.url:
            addresses.append(original.url)
        for address in addresses:
            owner = address if self._taken_down.why(address) else self._owners.get(address)
            if owner not in {None, article.url}:
                return owner
            versions = self._catalog.versions(address)
            if versions and versions[-1].article.url != article.url:
                return versions[-1].article.url
        self._owners.update(dict.fromkeys(addresses, article.url))
        return None

    def release(self, url: str) -> None:
        """The article at this address is kept, or is not going to be: nothing need be remembered of it."""
        for address in [address for address, owner in self._owners.items() if owner == url]:
            del self._owners[address]
