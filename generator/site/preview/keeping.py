"""Keep a site built: once at first, and then whenever something that it is made from has been saved."""

import os
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from os.path import realpath
from pathlib import Path

from generator.errors import AuthorError, Problem, counted, shown_path
from generator.site.building import BuildPlan, build_site
from generator.site.output import MARKER
from generator.site.preview.board import Board, State
from generator.site.preview.code import PROGRAM, failure, fault_in_code, is_code
from generator.site.preview.pages import SCRIPT, STYLE
from generator.site.preview.problems import panel
from generator.site.preview.watching import Changes, watched

HERE = Path(__file__).parent
DIGITS = 16
"""Of a digest that tells previews, or versions of one, apart."""


def preview_folder(cache: Path, content: Path, theme: Path) -> Path:
    """Return the folder for the preview of a course: beside what is kept of builds."""
    return cache / "preview" / _digest(os.fsencode(realpath(content)), os.fsencode(realpath(theme)))


Build = Callable[[BuildPlan, Callable[[Problem], None]], object]
"""Builds a site, and tells its warnings."""


def board_for(plan: BuildPlan) -> Board:
    """Return what tells of a site as an earlier run has left it: it can be shown until it is built again."""
    return Board(State(_version(plan.out)))


def keep_built(
    plan: BuildPlan,
    more: Sequence[Path],
    board: Board,
    tell: Callable[[str], None],
    build: Build = build_site,
) -> None:
    """Build a site, and again after each change, until the generator's own code is another that can be used.

    Args:
        plan: what is built.
        more: folders beside the content and the theme that decide how the site looks.
        board: gets what there is to tell to open pages.
        tell: gets lines for the author's terminal.
        build: builds, and may show how far it has come.

    Raises:
        OSError: the folders cannot be watched.

    """
    keeper = _Keeper(plan, board, tell, build)
    with watched([plan.content, plan.theme, *more, PROGRAM]) as watching:
        keeper.build()
        while True:
            changed = watching.wait()
            if any(map(is_code, changed)):
                fault = fault_in_code()
                if fault is None:
                    tell("The generator's code was changed: starting anew.")
                    return
                keeper.show([fault])
            else:
                tell(f"Building after a change of {_named(changed)}.")
                keeper.build()


@dataclass
class _Keeper:
    """Builds, and tells what came of it."""

    plan: BuildPlan
    board: Board
    tell: Callable[[str], None]
    build_site: Build
    warnings: list[Problem] = field(default_factory=list)

    def build(self) -> None:
        warnings: list[Problem] = []
        problems: Sequence[Problem] = ()
        try:
            self.build_site(self.plan, warnings.append)
        except AuthorError as error:
            problems = error.problems
        except OSError as error:  # no right to read or to write, a full disk
            named = (
                shown_path(Path(os.fsdecode(error.filename))) if error.filename else shown_path(self.plan.out)
            )
            problems = [Problem(named, 0, error.strerror or str(error))]
        except Exception as error:  # a mistake in the generator ends no preview of it
            self.tell(traceback.format_exc().rstrip())
            problems = [failure(error)]
        if not problems and warnings != self.warnings:
            for warning in warnings:
                self.tell(str(warning))
            self.warnings = warnings
        self.show(problems)

    def show(self, problems: Sequence[Problem]) -> None:
        """Tell open pages, and the terminal, of what is wrong, or that nothing is."""
        version = _version(self.plan.out)
        serious = [warning for warning in self.warnings if not warning.is_note]
        shown = panel(problems, [] if problems else serious, is_over_a_page=bool(version))
        is_other = version != self.board.state.version
        self.board.put(State(version, shown))
        for problem in problems:
            self.tell(str(problem))
        if problems:
            shown_so_far = "pages show the last version without" if version else "there is no page yet"
            self.tell(f"{counted(len(problems), 'problem')}; {shown_so_far}.")
        else:
            self.tell("Built." if is_other else "Built; nothing looks different.")


def _version(site: Path) -> str:
    """Return what stands for a site, and for what is put into its pages; "" where there is no whole one."""
    try:
        listed = (site / MARKER).read_bytes()
    except OSError:
        return ""
    return _digest(listed, *((HERE / name).read_bytes() for name in (SCRIPT, STYLE)))


def _digest(*pieces: bytes) -> str:
    return sha256(b"\0".join(pieces)).hexdigest()[:DIGITS]


def _named(changed: Changes) -> str:
    """Return what was changed, in few words."""
    names = sorted(map(shown_path, changed))
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
