"""Archives to hand on: as one file that replays in a browser, as a bag that a repository takes in."""
