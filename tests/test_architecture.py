"""The house stands as its plan says: data goes one way, and each library has its room."""

import ast
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
THEMES = ROOT / "themes"

ROOMS: Mapping[str, tuple[set[str], set[str]]] = {
    "errors": (set(), set()),
    "doors": (set(), set()),
    "receipt": (set(), set()),
    "arithmetic": ({"errors"}, {"numpy"}),
    "scenes": ({"arithmetic", "errors", "doors"}, {"numpy", "msgspec"}),
    "drawing": ({"scenes", "errors"}, {"PIL", "reportlab"}),
    # msgspec here and in the site: tables in TOML are checked the same way wherever they stand.
    "course": ({"scenes", "errors"}, {"markdown", "pygments", "math_core", "msgspec"}),
    "site": (
        {"course", "drawing", "scenes", "arithmetic", "errors", "doors"},
        {"jinja2", "markupsafe", "msgspec", "pygments", "watchfiles"},
    ),
    "cli": ({"site", "course", "drawing", "scenes", "arithmetic", "errors", "receipt"}, {"rich"}),
}
"""Each room with the rooms and the libraries that it may import."""
CORNERS = {"watchfiles": "generator.site.preview"}
"""Libraries that have only a part of their room."""

FILES = sorted((ROOT / "generator").rglob("*.py"))


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """Return the room of a module of ours; the package itself is none.

    >>> room_of("generator.site.theme")
    'site'
    """
    return module.split(".")[1] if "." in module else ""


MODULES = {module_of(file): file for file in FILES}


def imported(tree: ast.AST, package: str) -> Iterator[str]:
    """Yield the full name of everything imported anywhere in a file, in functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def imports_of(module: str) -> list[str]:
    file = MODULES[module]
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    return list(imported(ast.parse(file.read_text("utf-8")), package))


def our_module(name: str) -> str:
    """Return the module in which an imported name stands."""
    while name not in MODULES:
        name = name.rpartition(".")[0]
    return name


def test_every_room_is_in_the_plan() -> None:
    """A new room is first drawn into the table above."""
    assert {room_of(module) for module in MODULES} - {""} == set(ROOMS)


@pytest.mark.parametrize("module", MODULES)
def test_arrows_go_one_way(module: str) -> None:
    """A module imports its own room and those that the plan allows."""
    room = room_of(module)
    rooms = {room_of(our_module(name)) for name in imports_of(module) if name.split(".")[0] == "generator"}
    allowed = ROOMS[room][0] | {room} if room else set()
    assert rooms - {""} <= allowed


@pytest.mark.parametrize("module", MODULES)
def test_every_library_has_its_room(module: str) -> None:
    """A third-party library is imported where the plan says, and nowhere else."""
    outside = {name.split(".")[0] for name in imports_of(module)} - sys.stdlib_module_names - {"generator"}
    room = room_of(module)
    assert outside <= (ROOMS[room][1] if room else set())
    assert [name for name in outside if not module.startswith(CORNERS.get(name, ""))] == []


def test_another_room_is_entered_by_its_door_or_by_a_public_module() -> None:
    """No module imports a private name of another one."""
    private = [
        (module, name)
        for module in MODULES
        for name in imports_of(module)
        if name.startswith("generator.") and name.rpartition(".")[2].startswith("_")
    ]
    assert private == []


def test_no_module_imports_itself_in_a_circle() -> None:
    """The modules can be put in an order in which each needs only earlier ones."""
    graph = {
        module: {our_module(name) for name in imports_of(module) if name.startswith("generator.")} - {module}
        for module in MODULES
    }
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"these import each other: {error.args[1]}")
    assert set(order) == set(MODULES)


def test_a_circle_would_be_found() -> None:
    """Two modules that import each other have no such order."""
    with pytest.raises(CycleError):
        list(TopologicalSorter({"a": {"b"}, "b": {"a"}}).static_order())


def test_imports_in_functions_are_seen() -> None:
    """A late import is an import, a relative one too."""
    source = (
        "def late():\n    import numpy.random\n    from . import raster\n    from ..scenes.reel import Reel\n"
    )
    assert list(imported(ast.parse(source), "generator.drawing")) == [
        "numpy.random",
        "generator.drawing.raster",
        "generator.scenes.reel.Reel",
    ]


@pytest.mark.parametrize("leaf", ["doors", "errors", "receipt"])
def test_a_leaf_needs_nothing(leaf: str) -> None:
    """It imports the standard library alone."""
    assert {name.split(".")[0] for name in imports_of(f"generator.{leaf}")} <= sys.stdlib_module_names


def test_the_front_door_needs_no_library() -> None:
    """`build.py` can be started by any Python: outside its functions it imports the standard library."""
    tree = ast.parse((ROOT / "build.py").read_text("utf-8"))
    top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {name.split(".")[0] for node in top for name in imported(node, "")}
    assert names <= sys.stdlib_module_names | {"__future__"}


TOP = {"content", "generator", "themes", "tests", "docs", "build.py", "README.md"}
USUAL = {"pyproject.toml", "requirements.txt", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"}
"""What every repository of a Python program may have beside that."""


def test_nothing_lies_about_at_the_top() -> None:
    """The top of the repository holds the rooms and what every such repository has, and dotfiles."""
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    command = [git, "-c", f"safe.directory={ROOT}", "ls-files"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603
    top = {name.partition("/")[0] for name in listed.splitlines()}
    assert {name for name in top if not name.startswith(".")} <= TOP | USUAL


def test_a_command_line_that_only_helps_loads_no_library() -> None:
    """What is imported late stays unloaded until there is something to build."""
    program = "import sys, generator.cli; print(*sorted({n.split('.')[0] for n in sys.modules}))"
    shown = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    libraries = set().union(*(libraries for _, libraries in ROOMS.values()))
    assert libraries & set(shown) == set()


def test_drawing_loads_no_pdf_library_before_a_pdf_is_drawn() -> None:
    """It takes longer to load than a usual build without changes takes."""
    program = "import sys, generator.drawing; print(*sys.modules)"
    shown = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "PIL" in shown
    assert not {"reportlab", "watchfiles"} & set(shown)


WRITING = {"write_bytes", "write_text", "touch", "mkdir", "unlink", "rmdir", "rmtree", "rename", "chmod"}
"""Functions that change a disk; `os.replace` does so too, but a method of that name may be a text's."""


@pytest.mark.parametrize("module", [name for name in MODULES if not name.startswith("generator.site.output")])
def test_one_place_writes_files(module: str) -> None:
    """Outside `site/output` nothing is called that could change anything on disk."""
    nodes = list(ast.walk(ast.parse(MODULES[module].read_text("utf-8"))))
    calls = [node.func for node in nodes if isinstance(node, ast.Call)]
    called = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    assert called & WRITING == set()
    assert {"shutil", "tempfile", "os.replace", "os.rename"} & set(imports_of(module)) == set()


@pytest.mark.parametrize("room", sorted(set(ROOMS) - {"doors", "errors", "receipt"}))
def test_a_room_says_what_it_is_for_and_hands_on_names_that_exist(room: str) -> None:
    """The door of every room has a docstring and lists its public names in order."""
    door = importlib.import_module(f"generator.{room}")
    assert len((door.__doc__ or "").splitlines()) > 1
    assert door.__all__ == sorted(
        door.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name)
    )
    assert [name for name in door.__all__ if not hasattr(door, name)] == []


@pytest.mark.parametrize("room", ["scenes", "site"])
def test_a_door_that_opens_late_says_twice_the_same(room: str) -> None:
    """What its readers see as imported, and what is loaded when it is asked for."""
    door = importlib.import_module(f"generator.{room}")
    told = {f"{module}.{name}" for module, names in door._NAMES.items() for name in names.split()}
    seen = {name for name in imports_of(f"generator.{room}") if name.startswith("generator.")}
    assert seen - {"generator.doors.opened_late"} == told
    assert sorted(name.rpartition(".")[2] for name in told) == sorted(door.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = door.nothing


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_what_it_is_for(module: str) -> None:
    """The first line of a file is a sentence."""
    docstring = ast.get_docstring(ast.parse(MODULES[module].read_text("utf-8"))) or ""
    assert docstring.splitlines()[0].endswith((".", ":")), docstring.splitlines()[0]


@pytest.mark.parametrize("theme", [path.name for path in THEMES.iterdir() if path.is_dir()])
def test_every_file_that_a_theme_refers_to_exists(theme: str) -> None:
    """The files that `theme.toml` names, and those that templates extend and import, are there."""
    folder = THEMES / theme
    declared = tomllib.loads((folder / "theme.toml").read_text("utf-8"))
    named = [*declared["style"], *declared["script"], declared["font"], declared["print_font"]]
    assert [name for name in named if not (folder / name).is_file()] == []
    parts = {
        path.relative_to(folder).as_posix() for kind in ("css", "js") for path in folder.rglob(f"*.{kind}")
    }
    assert parts == {*declared["style"], *declared["script"]}
    for template in (folder / "templates").iterdir():
        named = re.findall(r'{%-? *(?:extends|include|import|from) "([^"]+)"', template.read_text("utf-8"))
        assert [name for name in named if not (folder / "templates" / name).is_file()] == []
