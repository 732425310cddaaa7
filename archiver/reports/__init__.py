"""Reports for people: what became of a page, as one HTML file."""
