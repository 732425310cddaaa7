"""WARC files (ISO 28500) and the wire: exact bytes recorded, written, read, indexed, replayed, checked.

This package knows nothing of news or outlets. Only `warc.wire` and `warc.replay` import Scrapy.
"""
