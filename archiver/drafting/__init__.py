"""Drafts an outlet file from captures of its pages: what they have in common, with the evidence for each line.

BeautifulSoup looks through the pages, the parser that extraction uses tries each selector, and the draft is then read
back: extraction with it is compared with what the pages say of themselves. It is a draft: a person reads it.
"""
