"""What stands for the program in a key of the cache: another program makes everything anew."""

import zlib
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

PROGRAM = Path(__file__).parent.parent
DRAWING = ("arithmetic", "scenes", "drawing")
"""The rooms whose code decides how a picture looks."""
TOGETHER = ("site/artifacts.py", "site/downloads.py", "site/scene_files.py")
"""The modules that put the files together."""
LIBRARIES = ("numpy", "pillow", "reportlab")


@cache
def program() -> bytes:
    """Return what stands for the code that draws, ours and that of the libraries."""
    drawing = sorted(path for room in DRAWING for path in (PROGRAM / room).rglob("*.py"))
    versions = (*(version(name) for name in LIBRARIES), zlib.ZLIB_RUNTIME_VERSION)
    code = [path.read_bytes() for path in (*drawing, *(PROGRAM / name for name in TOGETHER))]
    return digest(*code, repr(versions).encode()).encode()


def digest(*pieces: bytes) -> str:
    """Return a digest of pieces in their order; no other pieces have the same."""
    return sha256(b"".join(sha256(piece).digest() for piece in pieces)).hexdigest()
