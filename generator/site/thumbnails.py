"""The picture that stands for a chapter where it is linked: in the contents, and at its neighbours' ends."""

from markupsafe import Markup

from generator.course import Chapter
from generator.drawing import last_peak, stage_of
from generator.site.scene_files import folder_of
from generator.site.showing import showing_of
from generator.site.showing.shown import Thumbnail
from generator.site.views import SceneFiles

NONE = Markup()


def thumbnail(chapter: Chapter, files: SceneFiles, root: str, *, is_large: bool = False) -> Markup:
    """Return the picture of a chapter; so large that its numbers can be read, or small.

    Args:
        chapter: what it stands for.
        files: those of its scenes, by scene id.
        root: the way from the page to the site's own folder, "" or one that ends with a slash.
        is_large: whether there is room for numbers.

    """
    if chapter.pictured is None:
        return NONE
    block, number = chapter.pictured
    reel = block.reel
    frame = reel.frames[number - 1] if number else last_peak(reel)
    scene_id = reel.scene.id
    folder = f"{root}{chapter.name}/{scene_id}/{folder_of(block, reel)}"
    asked = Thumbnail(frame, root, folder, files[scene_id], is_large)
    return showing_of(reel).thumbnail(stage_of(reel), asked)
