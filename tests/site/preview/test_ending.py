"""How a preview begins and ends, and begins anew when the generator itself was changed."""

import shutil
import signal
from pathlib import Path

import pytest

from generator.cli import PROJECT, main
from generator.site.preview.board import Board
from generator.site.preview.server import opened_server
from tests.site.preview.asking import ask, is_free, next_event, stream
from tests.site.preview.serving import serving

TEXT = '+++\ntitle = "Edges"\n+++\n\nText.\n'


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 128 + signal.SIGTERM)])
def test_it_ends_when_it_is_asked_to(tmp_path: Path, number: int, code: int) -> None:
    """Though a page listens; without a traceback, and nobody has the port any more."""
    with serving(tmp_path, TEXT) as preview:
        preview.until("Built")
        events = stream(preview.port)
        assert next_event(events)
        ended, said = preview.ended(number)
        assert (ended, "Traceback" in said) == (code, False), said
        assert next_event(events) == b""
        events.close()
        assert is_free(preview.port)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "content"]


def test_a_port_that_is_taken_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the way out."""
    (tmp_path / "content").mkdir()
    with opened_server(0, tmp_path, Board()) as taken:
        arguments = ["serve", "--content", str(tmp_path / "content"), "--port", str(taken.port)]
        assert main(arguments, tmp_path / "cache") == 1
        said = capsys.readouterr().err
    assert said.startswith(
        f"127.0.0.1:{taken.port}: this port cannot be had: address already in use. Name another"
    )


def test_where_no_port_is_asked_for_a_taken_one_does_not_matter(tmp_path: Path) -> None:
    """The next preview has another one."""
    with opened_server(None, tmp_path, Board()) as one, opened_server(None, tmp_path, Board()) as other:
        assert one.port != other.port
        assert ask(other.port, "/").status == 503


@pytest.mark.parametrize("port", ["65536", "-1", "x", "", "٣"])
def test_what_is_no_port_is_wrong_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", f"--port={port}"])
    assert ended.value.code == 2
    assert "is not a port" in capsys.readouterr().err


def test_without_a_course_there_is_nothing_to_show(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--content", str(tmp_path / "none")], tmp_path / "cache") == 1
    assert "there is no such folder. Name the folder of a course with --content." in capsys.readouterr().err


def test_a_changed_generator_is_used_at_once(tmp_path: Path) -> None:
    """One that cannot start is told, and the preview goes on; one that can takes over at the same port."""
    project = tmp_path / "project"
    shutil.copytree(PROJECT / "generator", project / "generator")
    (project / "themes").symlink_to(PROJECT / "themes", target_is_directory=True)
    code = project / "generator" / "site" / "reading_time.py"
    right = code.read_text("utf-8")
    with serving(tmp_path, TEXT, project) as preview:
        preview.until("Built")
        events = stream(preview.port)
        next_event(events)
        code.write_text(f"{right}\nwrong (\n", "utf-8")
        assert b"reading_time.py" in next_event(events)
        assert ask(preview.port, "/01-edges/").status == 200
        code.write_text(f"{right}\nRIGHT = 1\n", "utf-8")
        assert next_event(events) == b""
        events.close()
        preview.until("Preview at ")
        assert preview.said[-1] == preview.said[0]
        preview.until("Built")
        assert ask(preview.port, "/01-edges/").status == 200
