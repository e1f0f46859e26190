"""A chapter: its file becomes blocks in order, with everything computed."""

import re
from pathlib import Path

from generator.course import Chapter, Listing, PositionsFigure, Prose, SceneBlock
from generator.scenes import FrameRange
from tests.course.making import SCENE, course_of, problems_of


def chapter_of(folder: Path, body: str, code: str = "print(1)\n") -> Chapter:
    (chapter,) = course_of(folder, body, {"code/show.py": code}).chapters
    return chapter


def test_a_chapter_knows_itself(tmp_path: Path) -> None:
    """Title and summary are its front matter's, its number and part are the course's."""
    chapter = chapter_of(tmp_path, "Hello.")

    assert (chapter.title, chapter.summary) == ("Edges", "About edges.")
    assert (chapter.number, chapter.part, chapter.name) == (1, 1, "01-edges")


def test_blocks_keep_their_order(tmp_path: Path) -> None:
    """Prose, scene, figure and listing come out as they are written."""
    figure = '```figure\nshows = "positions"\nscene = "edge"\n```\n'
    listing = '```listing\nfile = "code/show.py"\n```\n'

    chapter = chapter_of(tmp_path, f"Before.\n{SCENE}\n## Between\n{figure}{listing}After.")

    kinds = [type(block) for block in chapter.blocks]
    assert kinds == [Prose, SceneBlock, Prose, PositionsFigure, Listing, Prose]
    assert chapter.blocks[-1] == Prose("<p>After.</p>")


def test_an_empty_chapter_has_no_blocks(tmp_path: Path) -> None:
    """Nothing is made of nothing."""
    assert chapter_of(tmp_path, "\n\n").blocks == ()


def test_beats_belong_to_the_scene_above(tmp_path: Path) -> None:
    """Each has its frames, and its values are theirs."""
    (scene,) = chapter_of(tmp_path, f"{SCENE}\n[frame first] {{sum}}\n\n[frame row 1] {{sums}}\n").scenes

    assert [beat.frames for beat in scene.beats] == [FrameRange(1, 1), FrameRange(1, 5)]
    assert [beat.html for beat in scene.beats] == [
        '<p><span class="value">0</span></p>',
        '<p><span class="value"><span class="of-1">0</span>, <span class="of-2">32</span>, '
        '<span class="of-3">32</span>, <span class="of-4">0</span>, <span class="of-5">0</span></span></p>',
    ]


def test_a_caption_and_a_description_have_values(tmp_path: Path) -> None:
    """Both are plain text in which values are filled."""
    described = SCENE.replace("caption", 'alt = "At most {edge[peak].sum}"\ncaption')
    (scene,) = chapter_of(tmp_path, described).scenes

    assert (scene.caption, scene.alt) == ("7×7 pixels", "At most 32")


def test_prose_may_speak_of_a_later_scene(tmp_path: Path) -> None:
    """All reels of a chapter are computed before its prose is read."""
    prose = chapter_of(tmp_path, f"{{edge.frames}} frames.\n{SCENE}").blocks[0]

    assert prose == Prose('<p><span class="value">25</span> frames.</p>')


def test_an_address_is_known_in_the_whole_chapter(tmp_path: Path) -> None:
    """A scene stands between a link and the definition of its address; one in code defines nothing."""
    body = f"[a][] and [b][]\n{SCENE}\n[frame 1] [here][A]\n\n## End\n`[b]: c`\n\n[a]: https://x.y 'An x'\n"
    prose, scene, _ = chapter_of(tmp_path, body).blocks

    assert prose == Prose('<p><a href="https://x.y" title="An x">a</a> and [b][]</p>')
    assert isinstance(scene, SceneBlock)
    assert scene.beats[0].html == '<p><a href="https://x.y" title="An x">here</a></p>'


def test_a_figure_shares_its_scenes_reel(tmp_path: Path) -> None:
    """Nothing is computed twice, and its caption has the scene's values."""
    figure = '```figure\nshows = "positions"\nscene = "edge"\ncaption = "{output.width} places"\n```\n'
    chapter = chapter_of(tmp_path, SCENE + figure)

    positions = chapter.blocks[-1]

    assert isinstance(positions, PositionsFigure)
    assert positions.ground is chapter.scenes[0].reel.windows
    assert positions.caption == "5 places"


def test_a_listing_shows_a_file_as_it_is(tmp_path: Path) -> None:
    """Its text is the file's, its code is highlighted with classes, and HTML in it is text."""
    (listing,) = chapter_of(tmp_path, '```listing\nfile = "code/show.py"\n```\n', "x = '<b>'\n").blocks

    assert isinstance(listing, Listing)
    assert (listing.file_name, listing.text) == ("show.py", "x = '<b>'\n")
    assert "&lt;b&gt;" in listing.html
    assert "style=" not in listing.html


def test_problems_of_a_chapter_are_told_together_and_in_order(tmp_path: Path) -> None:
    """A wrong scene does not hide what is wrong behind it, and is not told twice."""
    wrong = SCENE.replace("sobel-x", "sobelx")

    assert problems_of(
        tmp_path, f"[a](b.md)\n{wrong}\n[frame 99] {{sum}}\n\n## End\n\n{{edge.sum}} {{sum}}\n"
    ) == [
        '01-edges.md:5: the link "b.md" leads to no chapter',
        '01-edges.md:9: unknown kernel "sobelx"',
        '01-edges.md:17: the value "{sum}" stands outside a beat',
    ]


def test_a_scene_that_cannot_be_named_silences_only_unknown_names(tmp_path: Path) -> None:
    """Where a broken scene has no id to read, any unknown scene may be meant."""
    wrong = SCENE.replace('id = "edge"', "id = edge")

    assert problems_of(tmp_path, f"{wrong}\n## End\n\n{{edge.frames}} {{sum}}\n") == [
        "01-edges.md:6: the scene is not valid TOML in the line id = edge: the value cannot be read",
        '01-edges.md:14: the value "{sum}" stands outside a beat',
    ]


def test_the_second_scene_of_a_name_is_told_once(tmp_path: Path) -> None:
    """What its beats and values mean is open until its id is its own; its links are read all the same."""
    second = SCENE.replace("step", "ramp").replace("sobel-x", "identity")

    beats = "[frame 99] [a](b.md)\n[frame 1] {summ}\n\n---\n{edge[99].sum}\n"

    assert problems_of(tmp_path, SCENE + second + beats) == [
        '01-edges.md:12: the id "edge" is taken by the scene of line 5',
        '01-edges.md:17: the link "b.md" leads to no chapter',
    ]


def test_a_rounded_value_in_a_formula_takes_the_place_of_its_equals_sign(tmp_path: Path) -> None:
    """What is about a number does not equal it, and two signs in a row would say nothing."""
    scene = '```scene\nid = "third"\nimage = [[0.33333, 1]]\nkernel = [[1]]\n```\n'
    body = f"{scene}## After\n\n$s = {{third[1].sum}}$ and $s = {{third[2].sum}}$\n"
    (chapter,) = course_of(tmp_path, body).chapters

    (prose,) = [block.html for block in chapter.blocks if isinstance(block, Prose)]
    assert "<mi>s</mi><mo>≈</mo><mn>0.33</mn></math> and" in prose
    assert "<mi>s</mi><mo>=</mo><mn>1</mn></math>" in prose


def test_a_rounded_value_in_prose_takes_the_place_of_its_equals_sign(tmp_path: Path) -> None:
    """The same in a sentence, in bold letters and in a caption; in code every sign stays."""
    keys = 'id = "third"\nimage = [[0.33333, 1]]\nkernel = [[1]]\ncaption = "s = {third[1].sum}"\n'
    told = "s = {third[1].sum}, **s={third[1].sum}**, s = {third[2].sum}, s >= {third[1].sum}"
    body = f"```scene\n{keys}```\n## After\n\n{told}\n"
    (chapter,) = course_of(tmp_path, body).chapters

    (prose,) = [block.html for block in chapter.blocks if isinstance(block, Prose)]
    assert re.sub("<[^>]*>", "", prose) == "After\ns ≈\xa00.33, s≈\xa00.33, s = 1, s &gt;= ≈\xa00.33"
    (scene,) = [block for block in chapter.blocks if isinstance(block, SceneBlock)]
    assert scene.caption == "s ≈ 0.33"


PATH = (
    '```scene\nid = "walk"\nimage = "step"\nkernel = "sobel-x"\nframes = "path 1,1 1,3"\n```\n\n'
    "[frame last] To [the end](place:1,3), or [away](place:4,2).\n\n"
    "## After\n\nTo [a corner](place:5,5), `[not](place:5,1)`, and back [again](place:4,2).\n"
)


def test_a_link_to_a_place_leads_to_its_frame(tmp_path: Path) -> None:
    """Of the last scene above; a place without a frame gets one after all others."""
    chapter = chapter_of(tmp_path, f"{SCENE}\nLook [there](place:2,3).\n\n{PATH}")
    all_frames, there, walk, after = chapter.blocks
    assert isinstance(all_frames, SceneBlock)
    assert isinstance(walk, SceneBlock)
    assert isinstance(there, Prose)
    assert isinstance(after, Prose)
    assert '<a class="place" href="#edge=8">there</a>' in there.html
    assert '<a class="place" href="#walk=3">the end</a>' in walk.beats[0].html
    assert '<a class="place" href="#walk=4">away</a>' in walk.beats[0].html
    assert '<a class="place" href="#walk=5">a corner</a>' in after.html
    assert '<a class="place" href="#walk=4">again</a>' in after.html
    assert walk.reel.positions
    assert walk.reel.positions.of_frames == ((0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 3, 1), (0, 4, 4))
    assert walk.beats[0].frames == FrameRange(3, 3)
    assert (len(all_frames.reel.frames), all_frames.reel.linked, walk.reel.linked) == (25, 0, 2)


def test_versions_have_the_same_places(tmp_path: Path) -> None:
    """A place that one of them does not have is the nearest that it has: the frames stay together."""
    scene = PATH.replace('kernel = "sobel-x"', 'kernels = ["sobel-x", "gaussian-5"]')
    walk = chapter_of(tmp_path, scene).scenes[0]
    small, large = (reel.positions for reel in walk.reels)
    assert small
    assert large
    assert small.of_frames[3:] == ((0, 3, 1), (0, 4, 4))
    assert large.of_frames[3:] == ((0, 2, 1), (0, 2, 2))
