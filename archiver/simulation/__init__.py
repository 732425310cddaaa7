"""A small news network of our own: pages as thirteen outlets built them, with invented stories, under a set clock.

It renders whole pages (`pages`), serves them on loopback under the outlets' own addresses (`server`, `resolver`,
`certificates`), records them through the real spiders into fixtures (`record`) and says what a careful reader takes
from each page (`expect`).

It can also live: newsrooms write (`prose`, `newsroom`), print (`desk`, `edition`), meet bad weather (`weather`) and
keep a journal of all that was shown (`town`, `journal`), while the real crawl visits them every hour (`month`, `shift`)
and an operator answers a redesign (`operator`). In the end a judge holds the journal against the archive (`judging`).

Nothing of it is needed to crawl, replay or extract.
"""
