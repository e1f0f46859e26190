"""Nothing asks which kind a scene is but the rooms where kinds are at home."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest

from generator.drawing.stages import STAGES
from generator.drawing.stages.sliding import SlidingStage
from generator.scenes.kinds import KINDS
from generator.scenes.kinds.pooling import PoolingReel
from generator.scenes.kinds.sliding import SlidingReel
from generator.site.words import WORDS

GENERATOR = Path(__file__).parent.parent / "generator"
HOMES = (
    "scenes/kinds/",
    "scenes/layers/",
    "scenes/photo_levels.py",
    "drawing/stages/",
    "drawing/panels/",
    "drawing/pens/magnifier.py",
    "drawing/pens/overlay.py",
    "drawing/pictures/plates.py",
    "drawing/pictures/photographs.py",
    "site/words/",
    "site/showing/",
)
"""Where a kind, or a photograph, may be known: its module, its stage with the panels on it, its words."""
CHOOSERS = {
    "scenes/kinds/__init__.py",
    "drawing/stages/__init__.py",
    "site/words/__init__.py",
}
"""The registries: they alone look a kind up by its name."""
TELLING = {"transposed", "pooling", "below", "is_photo", "is_stack"}
"""Attributes that would tell a kind."""
OF_A_KIND = ("Scene", "Reel", "Frame", "Stage", "Panel", "Layer")
"""How the names of classes end of which each kind has one."""
FILES = sorted(path.relative_to(GENERATOR).as_posix() for path in GENERATOR.rglob("*.py"))
OUTSIDE = [file for file in FILES if not file.startswith((*HOMES, "arithmetic/"))]


def questions(source: str) -> Iterator[str]:
    """Yield what a module asks of the kind of a scene."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and _tells(node):
            yield ast.unparse(node)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("isinstance", "issubclass", "type"):
            yield from (ast.unparse(node) for name in _names(node) if name.endswith(OF_A_KIND))
        elif isinstance(node, ast.MatchClass) and ast.unparse(node.cls).endswith(OF_A_KIND):
            yield ast.unparse(node)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator.scenes.kinds."):
            yield f"from {node.module}"


def _tells(node: ast.Attribute) -> bool:
    return node.attr in TELLING or ast.unparse(node).endswith(("scene.kind", "showing.name", "layer.name"))


def _names(call: ast.Call) -> Iterator[str]:
    yield from (ast.unparse(node) for argument in call.args for node in ast.walk(argument))


@pytest.mark.parametrize("file", OUTSIDE)
def test_no_module_outside_asks_which_kind_a_scene_is(file: str) -> None:
    """A new kind touches the rooms of kinds, and none of these."""
    asked = set(questions((GENERATOR / file).read_text("utf-8")))
    if file == "drawing/paper/worksheet.py":
        asked.discard("self.below")  # lines below a map
    assert asked == set()


@pytest.mark.parametrize("file", sorted(set(FILES) - set(OUTSIDE) - CHOOSERS))
def test_only_the_registries_look_a_kind_up_by_its_name(file: str) -> None:
    """Where a kind is at home, its own module answers, and no module asks for the kind of a scene."""
    asked = set(questions((GENERATOR / file).read_text("utf-8")))
    assert not any(question.endswith("scene.kind") for question in asked)
    assert not any(question.startswith(("isinstance", "issubclass", "type(")) for question in asked)


def test_every_kind_is_at_home_in_all_three_places() -> None:
    """Under one name, and in modules of that name."""
    assert set(KINDS) == set(STAGES) == set(WORDS)
    for room in ("scenes/kinds", "drawing/stages", "site/words"):
        assert {f"{room}/{kind}.py" for kind in KINDS} <= set(FILES)


ASKING = {
    "if reel.scene.kind == 'pooling': pass": "reel.scene.kind",
    "if scene.geometry.transposed: pass": "scene.geometry.transposed",
    "isinstance(panel, SumPanel | PoolPanel)": "isinstance(panel, SumPanel | PoolPanel)",
    "match reel:\n    case SlidingReel(): pass": "SlidingReel()",
    "from generator.scenes.kinds.stack import StackReel": "from generator.scenes.kinds.stack",
    "photo = scene.showing.name": "scene.showing.name",
}


@pytest.mark.parametrize("source", ASKING)
def test_a_question_is_found(source: str) -> None:
    """In every form in which it could be asked."""
    assert ASKING[source] in set(questions(source))


ROOMS = ("scenes/kinds/", "drawing/stages/", "drawing/panels/", "site/words/")


def kinds_behind(made: type) -> set[str]:
    """Return the kinds that a class, or any that it is made of, is at home with or shows the reel of."""
    return {kind for base in made.__mro__ for kind in _own_kinds(base)}


def _own_kinds(made: type) -> Iterator[str]:
    shown = inspect.get_annotations(made).get("reel")
    for known in (made, shown, *get_args(shown)):
        room, _, module = getattr(known, "__module__", "").rpartition(".")
        if module in KINDS and f"{room.removeprefix('generator.').replace('.', '/')}/" in ROOMS:
            yield module


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith(ROOMS)])
def test_no_class_of_a_kind_is_made_out_of_that_of_another(file: str) -> None:
    """What kinds share stands apart: who takes another kind over has to undo what is not shared."""
    module = import_module(f"generator.{file.removesuffix('.py').replace('/', '.')}")
    classes = (each for _, each in inspect.getmembers(module, inspect.isclass))
    mixed = {each.__name__: kinds_behind(each) for each in classes if each.__module__ == module.__name__}
    assert {name: kinds for name, kinds in mixed.items() if len(kinds) > 1} == {}


def test_a_class_made_out_of_that_of_another_kind_is_found() -> None:
    """Whether it is a reel, or a stage that shows another one."""

    @dataclass(frozen=True, eq=False)
    class Taken(SlidingStage):
        reel: PoolingReel  # type: ignore[assignment]  # what must not be

    class Both(SlidingReel, PoolingReel):  # type: ignore[misc]  # what must not be
        pass

    assert kinds_behind(Taken) == kinds_behind(Both) == {"sliding", "pooling"}
