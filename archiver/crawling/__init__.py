"""From sources to captured articles: the spiders, what surrounds them in Scrapy, and the account of each run."""
