"""The files beside a scene's page: which there are, and which are made again when something changes."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from generator.cli import PROJECT
from generator.course import SceneBlock
from generator.course.taken_along import ALSO
from generator.drawing.paper import Imprint, Print, frame_pieces
from generator.site import artifacts as drawn
from generator.site import program as code
from generator.site import read_theme
from generator.site import scene_files as room
from generator.site.artifact_kinds import USUAL, Wanted
from generator.site.artifacts import Look, look_of
from generator.site.cache import Cache, FolderCache, Made, NoCache
from generator.site.packs import PackedFiles
from generator.site.scene_files import reel_files
from generator.site.theme import Theme
from generator.site.views import scene_view
from tests.course.making import course_of

THEME = read_theme(PROJECT / "themes" / "lesson")
LOOK = look_of(THEME)
IMPRINT = Imprint("Seeing", 1, "Edges", "Figure 1.1 · edge", "An edge.", "")
SCENE = 'id = "edge"\nimage = [[1, 2], [3, 4]]\nkernel = [[2]]\nblank = "peak"\n'
BEATS = "[frame first] Dark.\n\n[frame 2] Brighter.\n"
ANIMATIONS = {"animation.webp", "animation.gif"}
EVERYTHING = Wanted(also=frozenset(ALSO))
PNG = b"\x89PNG".ljust(24, b"\0")
ON_WORKSHEETS = ("worksheet", "answer-key")


@dataclass
class Notebook:
    """A cache that keeps everything, and notes what had to be made."""

    kept: dict[str, dict[str, bytes]] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)

    def files(self, key: str, make: Callable[[], Made]) -> dict[str, bytes]:
        """Return the files kept under the key, or make them."""
        if key not in self.kept:
            self.kept[key] = dict(make())
            self.made |= self.kept[key].keys()
        return self.kept[key]


def block(folder: Path, scene: str = SCENE, beats: str = BEATS) -> SceneBlock:
    """Return the scene of a chapter as an author writes it."""
    [found] = course_of(folder, f"```scene\n{scene}```\n\n{beats}").chapters[0].scenes
    return found


def files_of(
    scene: SceneBlock, imprint: Imprint, look: Look, kept: Cache, wanted: Wanted = EVERYTHING
) -> dict[str, bytes]:
    """Return every file of a scene by its name in the scene's folder, of what is drawn what is wanted."""
    files: dict[str, bytes] = {}
    for version in reel_files(scene, imprint, look, wanted):
        named = dict(version.data)
        for artifact in version.artifacts:
            named |= kept.files(artifact.key, artifact.make)
        files |= {f"{version.folder}{name}": data for name, data in named.items()}
    return files


@pytest.fixture
def without_pens() -> Iterator[None]:
    """Let every picture and PDF be laid out and named as ever, and hold nothing."""
    with pens_put_down():
        yield


@contextmanager
def pens_put_down() -> Iterator[None]:
    """Let what is drawn within the block be laid out and named as ever, and hold nothing."""

    def pages(made: Print, *_: object) -> list[bytes]:
        return [b"" for _ in made.pages]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawn, "filmstrip_png", lambda *_: b"")
        patch.setattr(drawn, "animation_webp", lambda *_: b"")
        patch.setattr(drawn, "animation_gif", lambda *_: b"")
        patch.setattr(drawn, "frame_pictures", lambda *_: [b""])
        patch.setattr(drawn, "page_pngs", pages)
        patch.setattr(drawn, "print_pdf", lambda *_: b"")
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Notebook:
    """Return a cache after one build."""
    cache = Notebook()
    with pens_put_down():
        files_of(block(tmp_path_factory.mktemp("built")), IMPRINT, LOOK, cache)
    return cache


@pytest.fixture
def notebook(built: Notebook, without_pens: None) -> Notebook:
    """Return a cache after one build, with nothing noted yet, for which nothing is drawn."""
    return Notebook(dict(built.kept))


def prints(names: set[str]) -> set[str]:
    return {name for name in names if name.startswith(("sheet", *ON_WORKSHEETS, "flipbook"))}


def everything(notebook: Notebook) -> set[str]:
    return {name for files in notebook.kept.values() for name in files}


def test_a_scene_has_these_files(tmp_path: Path) -> None:
    """All there is: animations, single frames, and on each paper sheets, worksheet, key and flipbook."""
    files = files_of(block(tmp_path), IMPRINT, LOOK, NoCache())

    on_paper = {
        name
        for paper in ("a4", "letter")
        for name in (
            *(
                f"sheets-{paper}.pdf",
                f"sheet-{paper}-1.png",
                f"flipbook-{paper}.pdf",
                f"worksheet-{paper}.pdf",
                f"answer-key-{paper}.pdf",
                f"answer-key-{paper}-1.png",
            ),
            *(f"worksheet-{paper}-{page}.png" for page in (1, 2)),
        )
    }
    assert set(files) == {"frames.json", "filmstrip.png", "printed.png", *ANIMATIONS, *on_paper}
    assert json.loads(files["frames.json"])["id"] == "edge"


@pytest.mark.parametrize(
    ("wanted", "further"),
    [
        (USUAL, ()),
        (Wanted(also=frozenset({"gif"})), ("animation.gif",)),
        (Wanted(also=frozenset({"pages"})), ("sheet-a4-1.png",)),
        (Wanted(paper="letter"), ()),
        (Wanted(paper="letter", also=frozenset({"a4"})), ("sheets-a4.pdf", "flipbook-a4.pdf")),
        (Wanted(also=frozenset({"letter"})), ("sheets-letter.pdf", "flipbook-letter.pdf")),
    ],
    ids=["nothing", "a GIF", "pages", "the other main paper", "A4 beside it", "Letter"],
)
@pytest.mark.usefixtures("without_pens")
def test_a_scene_has_what_most_readers_want_and_what_is_asked_for(
    wanted: Wanted, further: tuple[str, ...], tmp_path: Path
) -> None:
    """Unasked there is one animation, and prints as PDFs on one paper."""
    scene = SCENE.replace("blank", "worksheet = false\nblank")
    files = files_of(block(tmp_path, scene), IMPRINT, LOOK, NoCache(), wanted)

    usual = {f"{name}-{wanted.paper}.pdf" for name in ("sheets", "flipbook")}
    shown = {"frames.json", "filmstrip.png", "animation.webp", "printed.png"}
    assert set(files) == shown | usual | set(further)


@pytest.mark.parametrize(
    ("link", "further"),
    [("sheet-letter-1.png", "letter"), ("animation.gif", "gif"), ("filmstrip.png", "")],
    ids=["a page", "a GIF", "what is there"],
)
@pytest.mark.usefixtures("without_pens")
def test_a_link_asks_for_what_it_leads_to(link: str, further: str, tmp_path: Path) -> None:
    """An author who links to a file of a scene gets that file for that scene, and its companions."""
    body = f"```scene\n{SCENE}```\n\n## After\n\n[It](edge/{link})\n"
    body += f"```scene\n{SCENE.replace('edge', 'other')}```\n"
    asked, other = course_of(tmp_path, body).chapters[0].scenes
    files, others = (files_of(scene, IMPRINT, LOOK, NoCache(), USUAL) for scene in (asked, other))

    assert link in files
    assert {name for name in set(files) - set(others) if further not in name and "-a4-" not in name} == set()


def test_without_blanks_there_is_no_worksheet(tmp_path: Path) -> None:
    """Nobody gets a worksheet, or its answers, who did not ask for one."""
    files = files_of(
        block(tmp_path, SCENE.replace("blank", "worksheet = false\nblank")), IMPRINT, LOOK, NoCache()
    )

    assert not any(name.startswith(ON_WORKSHEETS) for name in files)


def test_one_frame_makes_no_flipbook(tmp_path: Path) -> None:
    """What cannot be flipped has no flipbook, and everything else."""
    files = files_of(
        block(tmp_path, 'id = "edge"\nimage = [[1]]\nkernel = [[2]]\n', ""), IMPRINT, LOOK, NoCache()
    )

    assert not any("flipbook" in name for name in files)
    assert {"sheets-a4.pdf", "filmstrip.png", *ANIMATIONS} <= set(files)


def test_an_unchanged_scene_is_not_made_again(notebook: Notebook, tmp_path: Path) -> None:
    """A second build takes every file from the cache."""
    files_of(block(tmp_path), IMPRINT, LOOK, notebook)

    assert notebook.made == set()


@pytest.mark.parametrize(
    ("scene", "beats"),
    [
        (SCENE, BEATS.replace("Brighter", "Much brighter")),
        (SCENE + 'alt = "A picture."\n', BEATS),
        (SCENE.replace('"peak"', '"4"'), BEATS),
    ],
    ids=["words", "alternative text", "the same blank in other words"],
)
def test_other_words_make_nothing_anew(scene: str, beats: str, notebook: Notebook, tmp_path: Path) -> None:
    """What is only written on the page changes no picture."""
    files_of(block(tmp_path, scene, beats), IMPRINT, LOOK, notebook)

    assert notebook.made == set()


def test_another_beat_makes_the_animations_anew(notebook: Notebook, tmp_path: Path) -> None:
    """Where the narration pauses, the animation does, and nothing else."""
    files_of(block(tmp_path, beats=BEATS.replace("frame 2", "frame 3")), IMPRINT, LOOK, notebook)

    assert notebook.made == ANIMATIONS


@pytest.mark.parametrize(
    "imprint",
    [
        replace(IMPRINT, course="Looking"),
        replace(IMPRINT, chapter_number=2),
        replace(IMPRINT, chapter_title="Steps"),
        replace(IMPRINT, scene="Figure 1.2 · edge"),
        replace(IMPRINT, caption="A step."),
        replace(IMPRINT, address="https://example.org"),
    ],
    ids=["course", "chapter", "title", "figure", "caption", "address"],
)
def test_another_title_makes_the_prints_anew(imprint: Imprint, notebook: Notebook, tmp_path: Path) -> None:
    """Titles, numbers, caption and address stand on what is printed, and nowhere else."""
    files_of(block(tmp_path), imprint, LOOK, notebook)

    assert notebook.made == prints(everything(notebook))


def test_another_blank_makes_the_worksheet_anew(notebook: Notebook, tmp_path: Path) -> None:
    """What is left empty is a matter of the worksheet and its key alone."""
    files_of(block(tmp_path, SCENE.replace("peak", "first")), IMPRINT, LOOK, notebook)

    assert notebook.made == {name for name in everything(notebook) if name.startswith(ON_WORKSHEETS)}


@pytest.mark.parametrize(
    "scene",
    [
        SCENE.replace("[[2]]", "[[3]]"),
        SCENE.replace("[[2]]", '[[4]]\nscale = "1/2"'),
        SCENE.replace("[[1, 2]", "[[1, 3]"),
        SCENE.replace('"edge"', '"edge-2"'),
    ],
    ids=["kernel", "the same kernel as a scale", "image", "id"],
)
def test_another_reel_makes_everything_anew(scene: str, notebook: Notebook, tmp_path: Path) -> None:
    """Whatever changes the numbers, or how they are written, changes every picture."""
    files_of(block(tmp_path, scene), IMPRINT, LOOK, notebook)

    assert notebook.made == everything(notebook)


@pytest.mark.usefixtures("without_pens")
def test_other_frames_of_the_same_numbers_make_everything_anew(tmp_path: Path) -> None:
    """A sample uncovers the map and a path lights it up, though both may visit the same places."""
    notebook = Notebook()
    for number, words in enumerate(("sample 1", "path 1,1")):
        scene = f'id = "edge"\nimage = "step"\nkernel = "sobel-x"\nframes = "{words}"\n'
        notebook.made = set()
        files_of(block(tmp_path / str(number), scene, ""), IMPRINT, LOOK, notebook)
        assert notebook.made == everything(notebook)


def darker(theme: Theme) -> Theme:
    palette = theme.palette
    return replace(theme, palette=replace(palette, light=replace(palette.light, window=(1, 2, 3))))


@pytest.mark.parametrize(
    "theme", [darker(THEME), replace(THEME, print_font=THEME.print_font + b" ")], ids=["colour", "font"]
)
def test_another_look_makes_everything_anew(theme: Theme, notebook: Notebook, tmp_path: Path) -> None:
    """One edit of the theme recolours all there is."""
    files_of(block(tmp_path), IMPRINT, look_of(theme), notebook)

    assert notebook.made == everything(notebook)


def test_another_program_makes_everything_anew(
    notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was drawn by other code is not trusted."""
    monkeypatch.setattr(room, "program", lambda: b"another")
    files_of(block(tmp_path), IMPRINT, LOOK, notebook)

    assert notebook.made == everything(notebook)


def test_every_line_that_draws_counts_as_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code changed where files are computed, drawn or put together is another program; elsewhere not."""
    together = ("site/artifacts.py", "site/downloads.py", "site/scene_files.py")
    drawing = ("arithmetic/a.py", "scenes/b.py", "drawing/paper/c.py", *together)
    names = (*drawing, "course/d.py")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("DRAWN = 1\n")
    monkeypatch.setattr(code, "PROGRAM", tmp_path)
    seen = [code.program.__wrapped__()]
    for name in names:
        (tmp_path / name).write_text("DRAWN = 2\n")
        seen.append(code.program.__wrapped__())

    assert len(set(seen[:-1])) == len(drawing) + 1
    assert seen[-1] == seen[-2]


def test_with_a_cache_and_without_the_bytes_are_the_same(tmp_path: Path) -> None:
    """Kept or made anew, a build gives the same site."""
    cache, scene = FolderCache(tmp_path / "cache"), block(tmp_path)
    new, first, second = (
        files_of(scene, IMPRINT, LOOK, kept) for kept in (NoCache(), cache, FolderCache(cache.folder))
    )

    assert new == first == second
    assert list(new) == list(first) == list(second)


def test_what_is_kept_is_what_is_made(tmp_path: Path) -> None:
    """The packs of a scene hold its files, whether they were drawn ahead or are drawn now."""
    cache, scene = FolderCache(tmp_path / "cache"), block(tmp_path)
    for version in reel_files(scene, IMPRINT, LOOK, EVERYTHING):
        assert not version.is_drawn(cache)
        version.draw(cache)
        assert version.is_drawn(cache)
    packs = [
        pack for version in reel_files(scene, IMPRINT, LOOK, EVERYTHING) for pack in version.packs(cache)
    ]

    assert dict(PackedFiles(packs, cache)) == files_of(scene, IMPRINT, LOOK, NoCache())


def test_every_version_has_files_of_its_own(tmp_path: Path) -> None:
    """The first lies in the scene's folder and names the others, which have folders in it."""
    files = files_of(
        block(tmp_path, f'id = "edge"\nimage = {[[1, 9, 9, 9]] * 3}\nkernels = ["sobel-x", "sobel-y"]\n'),
        IMPRINT,
        LOOK,
        NoCache(),
        Wanted(["film", "sheets"]),
    )
    first, second = json.loads(files["frames.json"]), json.loads(files["sobel-y/frames.json"])

    assert first["versions"] == [
        {"title": "Sobel x", "file": "frames.json"},
        {"title": "Sobel y", "file": "sobel-y/frames.json"},
    ]
    assert (first["kernel"]["name"], second["kernel"]["name"]) == ("sobel-x", "sobel-y")
    assert "versions" not in second
    assert {"sobel-y/filmstrip.png", "sobel-y/sheets-a4.pdf"} <= files.keys()


SIDES = """id = "edge"
kind = "compare"
image = "step"
kernel = "sobel-x"

[[sides]]
title = "Stride 1"

[[sides]]
title = "Stride 2"
stride = 2
"""


def test_sides_are_printed_where_the_text_pauses(tmp_path: Path) -> None:
    """Each beat has a frame of every side, the one that the side shows meanwhile."""
    beats = "[frame first] It begins.\n\n[frame row 2] Farther.\n\n[frame last] It ends.\n"
    scene = block(tmp_path, SIDES, beats)
    files = files_of(scene, IMPRINT, LOOK, NoCache(), Wanted(["frames"]))
    view = scene_view(scene, "1.1", {**files, "filmstrip.png": PNG, "stride-2/filmstrip.png": PNG})

    own, other = ({shots[side].piece for shots in view.shots.values()} for side in (0, 1))
    assert list(view.shots) == [1, 10, 25]
    assert {shots[1].whole.name for shots in view.shots.values()} == {"stride-2/printed.png"}
    assert (own, other) == (
        set(frame_pieces(scene.reels[0], (1, 10, 25)).values()),
        set(frame_pieces(scene.reels[1], (1, 4, 9)).values()),
    )


def test_of_a_switch_the_frames_of_the_first_version_are_printed(tmp_path: Path) -> None:
    """The text speaks of it; of the others the finished stages are printed, and without a text of all."""
    switch = 'id = "edge"\nimage = "step"\nkernels = ["sobel-x", "sobel-y"]\n'
    told, silent = (
        block(tmp_path / name, switch, beats)
        for name, beats in (("told", "[frame all] All.\n"), ("silent", ""))
    )
    files, none = (files_of(scene, IMPRINT, LOOK, NoCache(), Wanted(["frames"])) for scene in (told, silent))

    assert {name for name in files if name.endswith(".png")} == {"printed.png"}
    assert len(frame_pieces(told.reel, told.shots)) == 25
    assert not any(name.endswith(".png") for name in none)


def test_a_stack_has_all_its_numbers_in_one_file(tmp_path: Path) -> None:
    """No array lies beside the JSON that does not name it."""
    grid = [[(row * column) % 7 for column in range(40)] for row in range(40)]
    first = "[[layers]]\nkernel = [[[[1, 0]]], [[[0, 1]]], [[[1, 1]]]]\n"
    second = "[[layers]]\nkernel = [[1, 0], [0, 1]]\ngroups = 3\nstride = 20\n"
    scene = f'id = "edge"\nkind = "stack"\nimage = {grid}\n\n{first}\n{second}'
    files = files_of(block(tmp_path, scene, ""), IMPRINT, LOOK, NoCache(), Wanted(["answers"]))

    assert not any(name.endswith(".npy") for name in files)
    assert len(json.loads(files["frames.json"])["input"]["values"][0]) == 40
