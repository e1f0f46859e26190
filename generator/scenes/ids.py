"""What a scene, a network or a version may be called."""

import re

ID_FORM = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_ID = 60
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that Windows keeps for devices: a folder cannot have them."""
PAGE_IDS = frozenset({"main"})
"""Anchors that every page has already."""
