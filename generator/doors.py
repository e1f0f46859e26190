"""Doors that open late: a room hands on its public names, and loads each when it is first asked for.

A leaf, as `errors` is. A door imports its names for those who read it and check its types, lists beside that
which module has which, and lets this do the rest (PEP 562).
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def opened_late(door: str, names: Mapping[str, str]) -> Callable[[str], object]:
    """Return what a door does with names that it does not have yet; those it has once found it keeps.

    Args:
        door: the room, as its `__name__` says.
        names: those that each module has for it, with spaces between.

    """
    homes = {name: module for module, its_names in names.items() for name in its_names.split()}

    def found(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {door!r} has no attribute {name!r}")
        value = getattr(import_module(homes[name]), name)
        setattr(sys.modules[door], name, value)
        return value

    return found
