"""What stands for the program in a key of the cache: another program makes everything anew."""

import os
import sys
import zlib
from functools import cache
from hashlib import sha256
from pathlib import Path

PROGRAM = Path(__file__).parent.parent
DRAWING = ("arithmetic", "scenes", "drawing")
"""The rooms whose code decides how a picture looks."""
TOGETHER = ("site/artifacts.py", "site/downloads.py", "site/scene_files.py")
"""The modules that put the files together."""
ENDINGS = (".py", ".json")
LIBRARIES = {
    "jinja2",
    "markdown",
    "markupsafe",
    "math_core",
    "msgspec",
    "numpy",
    "pillow",
    "pygments",
    "reportlab",
}
"""Those that decide what a page, a number or a picture comes to."""


@cache
def program() -> bytes:
    """Return what stands for the code that draws, ours and that of the libraries."""
    code = [path for room in DRAWING for path in _code_in(PROGRAM / room)]
    return _digest_of_code([*code, *(PROGRAM / name for name in TOGETHER)])


@cache
def whole_program() -> bytes:
    """Return what stands for all code, ours and that of the libraries."""
    return _digest_of_code(_code_in(PROGRAM))


def _code_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS)


def _digest_of_code(files: list[Path]) -> bytes:
    versions = (*_libraries(), zlib.ZLIB_RUNTIME_VERSION, sys.version)
    return digest(*(path.read_bytes() for path in files), repr(versions).encode()).encode()


@cache
def _libraries() -> tuple[str, ...]:
    """Return the libraries with their versions, as the folders are called that say so of them."""
    folders = [folder for folder in sys.path if os.path.isdir(folder)]  # noqa: PTH112 - "" is none
    names = (name for folder in folders for name in os.listdir(folder))  # noqa: PTH208 - names, not paths
    return tuple(sorted(name for name in names if _is_of_library(name)))


def _is_of_library(name: str) -> bool:
    library, _, rest = name.partition("-")
    return library.lower() in LIBRARIES and rest.endswith(".dist-info")


def digest(*pieces: bytes) -> str:
    """Return a digest of pieces in their order; no other pieces have the same."""
    return sha256(b"".join(sha256(piece).digest() for piece in pieces)).hexdigest()
