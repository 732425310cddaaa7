"""The alarm that notices when an outlet's pages, or its sources, are not what they used to be.

What is normal is learned from the outlet's own history: the ledgers and accounts of its runs and what the catalog has
of their captures. All of it can be made anew; only the verdicts (`report`) are kept beside it. Nothing here imports
Scrapy.
"""
