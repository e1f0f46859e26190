"""The themes' scripts and style sheets are checked with tools from npm, and every fault is told."""

import json
import os
import re
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, is_token_subtype

from tests.conftest import had
from tests.programs import program

PROJECT = Path(__file__).parent.parent
LINT = PROJECT / ".lint"
LOCK = json.loads((LINT / "package-lock.json").read_text("utf-8"))
WANTED = json.loads((LINT / "package.json").read_text("utf-8"))
PACKAGES = {name: package for name, package in LOCK["packages"].items() if name}

SCRIPT_FAULTS = """
const late = clamp("1", 0, 1);
if (late == null) paint();
"""
STYLE_FAULT = "\n.late {\n  colour: red;\n}\n"


def found(name: str) -> str:
    """Return the path of a program of the machine, or skip, or fail where CI is set."""
    return had(name.upper(), partial(program, name))


def run(folder: Path, **environment: str) -> tuple[int, str]:
    """Run the linters on a folder laid out as the project is; return the exit code and all that was said."""
    done = subprocess.run(  # noqa: S603 - our own program
        [found("bash"), str(folder / ".lint" / "run")],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, re.sub(r"\x1b\[[\d;]*m", "", done.stdout)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of what is linted, and of the settings, with the tools that are installed already."""
    found("npm")
    shutil.copytree(LINT, tmp_path / ".lint", ignore=shutil.ignore_patterns("node_modules"))
    if (LINT / "node_modules" / "installed-lock.json").exists():
        (tmp_path / ".lint" / "node_modules").symlink_to(LINT / "node_modules")
    for folder in ("script", "style"):
        shutil.copytree(PROJECT / "themes" / "lesson" / folder, tmp_path / "themes" / "lesson" / folder)
    preview = Path("generator", "site", "preview")
    shutil.copytree(PROJECT / preview, tmp_path / preview)
    return tmp_path


def test_each_tool_tells_a_fault_and_nothing_else(copied: Path) -> None:
    """A wrong type, a loose comparison and a property that does not exist, among the theme's own lines."""
    for name, fault in {"script/page.js": SCRIPT_FAULTS, "style/page.css": STYLE_FAULT}.items():
        with (copied / "themes" / "lesson" / name).open("a", encoding="utf-8") as file:
            file.write(fault)
    code, said = run(copied)
    assert code == 1, said
    assert re.findall(r"error (TS\d+)", said) == ["TS2345", "TS2554"], said
    assert re.findall(r"  ([\w-]+)$", said, re.MULTILINE) == ["eqeqeq", "property-no-unknown"], said


def test_without_npm_one_line_says_what_was_left_out(tmp_path: Path) -> None:
    """The rest of the checks goes on."""
    for name in ("bash", "dirname"):
        (tmp_path / name).symlink_to(found(name))
    code, said = run(PROJECT, PATH=str(tmp_path))
    assert (code, said.count("\n")) == (0, 1)
    assert said.startswith("SKIPPED: ")
    assert "no npm" in said


def test_ci_lints_them() -> None:
    """What nobody runs by hand is run on every change."""
    assert re.search(r"^\.lint/run$", (PROJECT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)


def test_the_tools_are_locked() -> None:
    """The lock is of the packages that are asked for, each of one version and with a hash."""
    assert LOCK["packages"][""]["devDependencies"] == WANTED["devDependencies"]
    for name, version in WANTED["devDependencies"].items():
        assert PACKAGES[f"node_modules/{name}"]["version"] == version
    assert [name for name, package in PACKAGES.items() if "sha512-" not in package.get("integrity", "")] == []


def test_the_lock_names_no_registry() -> None:
    """Everybody installs from the registry that they use; `.npmrc` keeps it so when a tool is updated."""
    assert [name for name, package in PACKAGES.items() if "resolved" in package] == []
    assert "omit-lockfile-registry-resolved=true" in (LINT / ".npmrc").read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    "theme", sorted((PROJECT / "themes").glob("*/script")), ids=lambda path: path.parent.name
)
def test_no_part_of_a_script_holds_what_nobody_uses(theme: Path) -> None:
    """Every name that a part gives to the others occurs somewhere besides."""
    words = (JavascriptLexer().get_tokens(path.read_text("utf-8")) for path in theme.glob("*.js"))
    script = "".join(word for part in words for kind, word in part if not is_token_subtype(kind, Comment))
    names = [
        name
        for path in theme.glob("*.js")
        for name in re.findall(
            r"^(?:const|let|class|(?:async )?function) (\w+)", path.read_text("utf-8"), re.MULTILINE
        )
    ]
    assert len(names) > 10
    assert [name for name in names if len(re.findall(rf"\b{name}\b", script)) < 2] == []
