"""Lints an outlet file against the outlet's fixtures: selectors that find nothing, or more than they should."""
