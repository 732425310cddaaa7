"""A small news network of our own: pages as thirteen outlets built them, with invented stories, under a set clock.

It renders whole pages (`pages`), serves them on loopback under the outlets' own addresses (`server`, `resolver`,
`certificates`), records them through the real spiders into fixtures (`record`) and says what a careful reader takes
from each page (`expect`). Nothing of it is needed to crawl, replay or extract.
"""
