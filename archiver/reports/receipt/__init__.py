"""The receipt of an archive: what is in it, how it came there, what was checked, and what is known to be missing."""

from archiver.reports.receipt.compose import compose
from archiver.reports.receipt.page import draw
from archiver.reports.receipt.values import Receipt

__all__ = ["Receipt", "compose", "draw"]
