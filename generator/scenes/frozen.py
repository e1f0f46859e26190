"""Arrays that nobody can write to, as records hold them."""

from generator.arithmetic import Array


def frozen(array: Array) -> Array:
    """Return the array so that it cannot be written to."""
    view = array.view()
    view.flags.writeable = False
    return view
