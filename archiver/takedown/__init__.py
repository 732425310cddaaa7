"""Taking an article out of an archive, with proof: out of WARC files, indexes, catalog and logs. No Scrapy here."""
