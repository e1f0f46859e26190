"""Through a chapter, a number has one grey: in every scene, on every stage."""

from pathlib import Path

from generator.drawing import stage_of
from generator.drawing.marks import Tile
from generator.drawing.panels.panel import marks_at
from generator.scenes import Greys, Reel
from tests.course.making import course_of
from tests.scenes.photographs import read_picture

SCENE = '```scene\nid = "{}"\nimage = {}\n{}\n```\n\n'
BODY = "".join(
    SCENE.format(*scene)
    for scene in (
        ("dim", "[[0, 3, 4], [3, 4, 0], [4, 0, 3]]", 'kernel = "sobel-x"\npadding = 1'),
        ("bright", "[[9, 16, 3], [3, 9, 4], [9, 0, 3]]", 'kernel = "identity"'),
        ("spread", "[[3, 4], [9, 1]]", "kernel = [[1, 1], [1, 0]]\ntransposed = true\nstride = 2"),
        ("pool", "[[3, 4], [9, 0]]", 'kind = "pooling"\noperation = "max"\nkernel_size = 1'),
    )
)
PIXELS = ("pixel", "factor")
ANSWERS = ("cell", "answer", "total")


def greys_of_numbers(reel: Reel, parts: tuple[str, ...]) -> set[tuple[str, str]]:
    """Return every number that stands on a grey somewhere on the stage, with that grey."""
    stage = stage_of(reel)
    return {
        (mark.text, mark.fill)
        for panel in (*stage.inputs, stage.work, *stage.maps)
        for mark in marks_at(panel, reel, reel.frames[-1])
        if isinstance(mark, Tile) and mark.part in parts and mark.fill.startswith("pixel")
    }


def test_a_number_has_one_grey_in_all_scenes_of_a_chapter(tmp_path: Path) -> None:
    """In images, padding, windows and maps, whatever makes them."""
    (chapter,) = course_of(tmp_path, BODY).chapters
    reels = [block.reel for block in chapter.scenes]
    seen = set().union(*(greys_of_numbers(reel, PIXELS + ANSWERS) for reel in reels))

    assert {reel.greys for reel in reels} == {Greys(0, 16)}
    assert len(seen) == len(dict(seen)) > 5
    assert dict(seen)["0"] == "pixel-0"
    for reel in reels[1:]:
        assert greys_of_numbers(reel, ANSWERS), reel.scene.id
    assert not greys_of_numbers(reels[0], ANSWERS)


def test_a_chapter_does_not_decide_for_another(tmp_path: Path) -> None:
    """Each chapter has the greys that its own numbers need."""
    parts = 'title = "Seeing"\n[[parts]]\ntitle = "Asking"\nchapters = ["01-edges", "02-more"]\n'
    more = '+++\ntitle = "More"\n+++\n' + SCENE.format("far", "[[100, 0]]", "kernel = [[1]]")
    course = course_of(tmp_path, BODY, {"course.toml": parts, "chapters/02-more.md": more})

    assert [chapter.scenes[0].reel.greys.bright for chapter in course.chapters] == [16, 100]


PHOTOGRAPH = SCENE.format("photo", '"grey.png"', 'kernel = "sobel-x"\nframes = "sample 2"')


def greys_by_id(folder: Path, body: str) -> dict[str, Greys]:
    """Return the greys of each scene of a chapter by its id."""
    (chapter,) = course_of(folder, body, read=read_picture).chapters
    return {block.reel.scene.id: block.reel.greys for block in chapter.scenes}


def test_a_photograph_leaves_small_numbers_the_greys_on_which_they_are_told_apart(tmp_path: Path) -> None:
    """On its own greys they would all be black; among themselves they go on sharing theirs."""
    greys = greys_by_id(tmp_path, PHOTOGRAPH + BODY)

    assert greys.pop("photo") == Greys(0, 255)
    assert set(greys.values()) == {Greys(0, 16)}


def test_numbers_as_large_as_those_of_a_photograph_share_its_greys(tmp_path: Path) -> None:
    """A grid with pixels of the photograph looks as it does there, and so does a smaller number beside it."""
    like_it = SCENE.format("grid", "[[20, 140, 220]]", "kernel = [[1]]")

    assert set(greys_by_id(tmp_path, PHOTOGRAPH + BODY + like_it).values()) == {Greys(0, 255)}
