"""Today's extraction over yesterday's captures: what would change, and keeping it. It imports no Scrapy."""
