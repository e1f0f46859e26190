"""The picture that stands for a chapter where it is linked: in the contents, and at its neighbours' ends."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from generator.course import Chapter
from generator.drawing import last_peak, stage_of
from generator.site.scene_files import folder_of
from generator.site.showing import showing_of
from generator.site.showing.shown import Thumbnail
from generator.site.views import SceneFiles

NONE = Markup()


def thumbnails(chapters: Iterable[Chapter], files: Mapping[str, SceneFiles], root: str) -> dict[str, Markup]:
    """Return the pictures of chapters, small, by the chapters' names; "" for one without a scene.

    Args:
        chapters: those that a page links.
        files: the files of all scenes, by chapter.
        root: the way from the page to the site's own folder, "" or one that ends with a slash.

    """
    return {chapter.name: thumbnail(chapter, files, root) for chapter in chapters}


def thumbnail(
    chapter: Chapter, files: Mapping[str, SceneFiles], root: str, *, is_large: bool = False
) -> Markup:
    """Return the picture of a chapter; so large that its numbers can be read, or small."""
    if chapter.pictured is None:
        return NONE
    block, number = chapter.pictured
    reel = block.reel
    frame = reel.frames[number - 1] if number else last_peak(reel)
    scene_id = reel.scene.id
    folder = f"{root}{chapter.name}/{scene_id}/{folder_of(block, reel)}"
    asked = Thumbnail(frame, root, folder, files[chapter.name][scene_id], is_large)
    return showing_of(reel).thumbnail(stage_of(reel), asked)
