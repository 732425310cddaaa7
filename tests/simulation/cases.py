"""The cases, as parameters for tests."""

from __future__ import annotations

from archiver.simulation.expect import TOLD
from archiver.simulation.story import case_names, load_case, outlet_names

CASES = [(outlet, case) for outlet in outlet_names() for case in case_names(outlet)]
IDS = ["/".join(each) for each in CASES]

STORIES = [case for case in CASES if load_case(*case).reading.outcome in TOLD]
"""Cases whose page tells a story, if only the beginning of one."""
STORY_IDS = ["/".join(each) for each in STORIES]
