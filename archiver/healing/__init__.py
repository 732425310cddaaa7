"""A layout that stopped fitting: what is wrong with it, where everything stands now, and the layout that would fit.

An outlet is rebuilt, and pages that a layout read yesterday come out of the fallback, without a byline or with junk
among their paragraphs. What a page must give is known all the same: from an earlier capture of the same address, from
what the page says for machines, from what the fallback finds. So the containers are looked for by their text, named
by selectors that hold on all captures at hand, and each proposal is tried before it is made.

It is a proposal. Nothing here changes a file, and a person reads the pages before and after.
"""

from archiver.healing.heal import Healing, heal
from archiver.healing.samples import Sample, read_samples

__all__ = ["Healing", "Sample", "heal", "read_samples"]
