"""Commands of `scrapy` that behave differently in this project: see Scrapy's setting COMMANDS_MODULE."""
