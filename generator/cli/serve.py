"""The command `serve`: a live preview, until it is ended."""

import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from generator.cli.build import theme_folder
from generator.cli.progress import shown_progress
from generator.errors import AuthorError, Problem, shown_path

if TYPE_CHECKING:
    from generator.site import BuildPlan, Built


def serve_course(options: Namespace, project: Path, cache: Path) -> int:
    """Show a course as it is being written, and return the exit code; what is drawn is kept in `cache`.

    Raises:
        AuthorError: there is no such content folder, or the port cannot be had.
        OSError: something cannot be read or written.

    """
    try:
        port = _served(options, project, cache)
    except KeyboardInterrupt:
        print("\nThe preview has ended.")
        return 0
    return _started_anew(port)


def _served(options: Namespace, project: Path, cache: Path) -> int:
    """Serve until the generator's own code is another; return the port."""
    # Late, so that a wrong usage is told at once.
    from generator.site import BuildPlan  # noqa: PLC0415
    from generator.site.preview import board_for, keep_built, opened_server, preview_folder  # noqa: PLC0415

    if not options.content.is_dir():
        hint = "Name the folder of a course with --content."
        raise AuthorError([Problem(shown_path(options.content), 0, "there is no such folder", hint)])
    theme = theme_folder(options.theme, project)
    options.out = preview_folder(cache, options.content, theme)
    plan = BuildPlan(
        content=options.content,
        theme=theme,
        out=options.out,
        cache=cache,
        replace=True,
        jobs=os.cpu_count() or 1,
    )
    board = board_for(plan)
    with opened_server(options.port, plan.out, board) as server:
        _tell(f"Preview at {server.address} until Ctrl-C.")
        keep_built(plan, [project / "themes"], board, _tell, _built)
        return server.port


def _built(plan: "BuildPlan", warn: Callable[[Problem], None]) -> "Built":
    from generator.site import build_site  # noqa: PLC0415 - late, as above

    with shown_progress(sys.stderr, os.environ, monotonic) as progress:
        return build_site(plan, warn, progress)


def _tell(line: str) -> None:
    print(line, flush=True)


def _started_anew(port: int) -> int:
    """Run the same command again at the same port, with the code as it is now."""
    arguments = sys.orig_argv[1:]
    if arguments[-2:-1] == ["--port"]:
        del arguments[-2:]
    command = [sys.executable, *arguments, "--port", str(port)]
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - what was typed
    # Elsewhere the exec functions return to the shell before the new program has ended.
    return subprocess.run(command, check=False).returncode  # noqa: S603 - as above
