"""The cases, as parameters for tests."""

from __future__ import annotations

from archiver.simulation.story import case_names, outlet_names

CASES = [(outlet, case) for outlet in outlet_names() for case in case_names(outlet)]
IDS = ["/".join(each) for each in CASES]
