"""What a site may weigh: each limit holds to the byte, and is told with the figure and the way out."""

import zlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from struct import pack
from typing import Any

import pytest

from generator.site import BUDGETS, check_site
from generator.site.checking.budgets import Budgets
from generator.site.checking.built_site import site_in_memory

STYLE, SCRIPT = b"p { color: red }\n" * 9, b"let a = 1;\n" * 9
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
PAGE = f"""<!doctype html>
<html lang="en"><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<link rel="next" href="unlinked.css">
<link rel="stylesheet" href="a.css">
<script src="a.js"></script>
<main><h1>A page</h1></main>
""".encode()
PICTURE = b"\x89PNG\r\n\x1a\n" + pack(">I4sII", 13, b"IHDR", 4000, 3000)
FILES = {"index.html": PAGE, "a.css": STYLE, "a.js": SCRIPT, "unlinked.css": STYLE, "b/a.png": PICTURE}
WHOLE = sum(map(len, FILES.values()))


def told(limits: Mapping[str, int]) -> list[str]:
    """Return what is told of the small site under other limits."""
    return [str(each) for each in check_site(site_in_memory(FILES, Path("site")), Budgets(**limits)).problems]


def gzipped(*parts: bytes) -> int:
    """Return the bytes that a server sends for files, each compressed by itself."""
    packers = [(zlib.compressobj(6, zlib.DEFLATED, 31), part) for part in parts]
    return sum(len(packer.compress(part) + packer.flush()) for packer, part in packers)


WIRE = gzipped(PAGE, STYLE, SCRIPT)


@pytest.mark.parametrize(
    ("limits", "messages"),
    [
        (
            {"site": WHOLE - 1},
            [
                f"site: the site weighs {WHOLE} bytes, more than the {WHOLE - 1} bytes that it may. "
                f"Shorten scenes or shrink pictures; the heaviest: index.html ({len(PAGE)} bytes), "
                "a.css (153 bytes), unlinked.css (153 bytes)."
            ],
        ),
        ({"site": WHOLE}, []),
        (
            {"file": 152},
            [
                "site/a.css: the file weighs 153 bytes, more than the 152 bytes that it may. "
                "Shrink it, or shorten the scene that it belongs to.",
                f"site/index.html: the file weighs {len(PAGE)} bytes, more than the 152 bytes that it may. "
                "Shrink it, or shorten the scene that it belongs to.",
                "site/unlinked.css: the file weighs 153 bytes, more than the 152 bytes that it may. "
                "Shrink it, or shorten the scene that it belongs to.",
            ],
        ),
        ({"file": len(PAGE)}, []),
        (
            {"files": 4},
            [
                "site: the site has 5 files, more than the 4 that it may. "
                "Leave out pictures, or make two courses of it."
            ],
        ),
        ({"files": 5}, []),
        (
            {"page": WIRE - 1},
            [
                f"site/index.html: gzipped, the page with its style and script weighs {WIRE} bytes, more "
                f"than the {WIRE - 1} bytes that it may. Shorten its scenes, or split the "
                f"chapter; without style and script it is {gzipped(PAGE)} bytes."
            ],
        ),
        ({"page": WIRE}, []),
        (
            {"script": gzipped(SCRIPT) - 1},
            [
                f"site/a.js: gzipped, the script weighs {gzipped(SCRIPT)} bytes, more than the "
                f"{gzipped(SCRIPT) - 1} bytes that it may. Shorten it."
            ],
        ),
        ({"script": gzipped(SCRIPT)}, []),
        (
            {"pixels": 11_999_999},
            [
                "site/b/a.png: the picture is 4000×3000: 12 megapixels, more than the 12 that it may. "
                "Shrink it, or shorten its scene."
            ],
        ),
        ({"pixels": 12_000_000}, []),
    ],
    ids=str,
)
def test_a_budget_is_kept_to_the_byte(limits: dict[str, int], messages: list[str]) -> None:
    """What takes as much as it may is right, and a byte more is told."""
    assert told(limits) == messages


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("site", 500_000_000),
        ("file", 25_000_000),
        ("files", 20_000),
        ("page", 200_000),
        ("script", 9_000),
        ("pixels", 16_000_000),
    ],
)
def test_these_are_the_limits(name: str, most: int) -> None:
    """A site stays far under the gigabyte that Pages takes."""
    assert asdict(BUDGETS)[name] == most


def test_a_heavy_site_is_weighed_without_being_read() -> None:
    """Files of hundreds of megabytes that are no pages, pictures, styles or scripts stay closed."""
    site = site_in_memory({**FILES, "film.mp4": b""}, Path("site"))
    heavy: dict[str, Any] = {**site.sizes, "film.mp4": 600_000_000}

    def opened(path: str) -> Any:  # noqa: ANN401
        assert path != "film.mp4"
        return site.opened(path)

    problems = check_site(type(site)(site.folder, heavy, opened)).problems
    assert [problem.message for problem in problems] == [
        "the site weighs 600.1 MB, more than the 500 MB that it may",
        "the file weighs 600 MB, more than the 25 MB that it may",
    ]
