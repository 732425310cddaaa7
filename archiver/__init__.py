"""Kliping: clips news articles and keeps them, clean text beside the original capture."""

__version__ = "0.1.0"
