"""What an author may write, as the code itself answers to somebody who writes something else."""

import re
from collections.abc import Iterator

from generator.errors import InvalidValue
from generator.scenes import reel_value
from tests.scenes.making import problems_of, reel_from

NOBODYS = "qqqq"
"""No word of ours is near it, so that the answer lists all of them."""

SCENES = {
    "a convolution": 'id = "a"\nimage = "step"\nkernel = "sobel-x"\n',
    "a transposed one": 'id = "a"\nimage = "step"\nkernel = "sobel-x"\ntransposed = true\n',
    "pooling": 'id = "a"\nkind = "pooling"\nimage = "step"\noperation = "max"\nkernel_size = 2\nstride = 1\n',
    "a magnitude": 'id = "a"\nkind = "magnitude"\nimage = "step"\n',
    "learning": 'id = "a"\nkind = "learning"\nimage = "step"\nimitate = "sobel-x"\n',
    "learning of a map": 'id = "a"\nkind = "learning"\nimage = "step"\nwanted = [[1]]\nkernel_size = 7\n',
    "a zoom": 'id = "a"\nkind = "zoom"\nimage = "step"\n',
    "a stack": 'id = "a"\nkind = "stack"\nimage = "step"\n[[layers]]\nkernel = "sobel-x"\n[[layers]]\n'
    'kind = "pooling"\noperation = "max"\nkernel_size = 2\nstride = 1\n',
}
"""One of every kind of scene that has values of its own."""
OF_SEVERAL = frozenset({"kernels", "images", "sides", "title"})
"""Keys that make several scenes of a block, and so are those of none of them."""
WORDED = ("kind", "padding_mode", "activation", "operation", "image", "kernel")
"""Keys of a convolution whose values are words of a list."""


def keys(block: str) -> set[str]:
    """Return the keys of what the first line of a block begins, a scene or the layers of a stack."""
    return set(_listed(f"{NOBODYS} = 1\n{block}"))


def layer_keys() -> set[str]:
    """Return the keys that the layers of a stack have."""
    return set(_listed(SCENES["a stack"].replace("[[layers]]\n", f"[[layers]]\n{NOBODYS} = 1\n")))


def words(key: str) -> list[str]:
    """Return the words that a key of a convolution may hold, one for each."""
    kept = [line for line in SCENES["a convolution"].splitlines() if not line.startswith(f"{key} =")]
    return list(_listed("\n".join([*kept, f'{key} = "{NOBODYS}"', ""])))


def pooling_operations() -> list[str]:
    """Return what pooling can make of the pixels under its window."""
    return list(_listed(SCENES["pooling"].replace('"max"', f'"{NOBODYS}"')))


def padding_words() -> list[str]:
    """Return the words that stand for an amount of padding."""
    (problem,) = problems_of(f'{SCENES["a convolution"]}padding = "{NOBODYS}"\n')
    return re.findall(r'"([a-z-]+)"', problem.partition("Write ")[2])


def values() -> set[str]:
    """Return the names of all values, of some kind of scene or other, rows and layers numbered 1."""
    names: set[str] = set()
    for block in SCENES.values():
        try:
            reel_value(reel_from(block), NOBODYS, None)
        except InvalidValue as fault:
            names |= {re.sub(r"\d", "1", name) for name in _known(fault.hint)}
    return names


def _listed(block: str) -> Iterator[str]:
    """Yield the words that the problems of a block list; there is one problem at least."""
    problems = problems_of(block)
    assert problems
    for problem in problems:
        yield from _known(problem)


def _known(hint: str) -> list[str]:
    return hint.partition("Known: ")[2].rstrip(".").split(", ")
