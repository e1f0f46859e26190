"""What stands in place of a value that prose quotes, such as `{sum}` or `{sobel-edge[peak].sum}`."""

from generator.errors import InvalidValue, suggestion
from generator.scenes.kinds import EVERY_VALUE
from generator.scenes.ranges import FrameRange
from generator.scenes.reel import Reel


def reel_value(reel: Reel, name: str, frames: FrameRange | None, written: str = "") -> str:
    """Return the text of one value; `frames` is None where the prose is tied to no frame.

    `written` is the value as the author wrote it, for messages, if that is more than its name.

    Raises:
        InvalidValue: no value has that name, or it needs a frame and there is none.

    """
    of_scene, of_frame = reel.scene_values, reel.frame_values
    if name in of_scene:
        return of_scene[name]()
    if name not in of_frame:
        told = f'value "{{{written or name}}}"'
        fact = f"a scene of this kind has no {told}" if name in EVERY_VALUE else f"unknown {told}"
        raise InvalidValue(fact, suggestion(name, [*of_scene, *of_frame]))
    if frames is None:
        raise InvalidValue(
            f'the value "{{{written or name}}}" belongs to a frame',
            f"Name one: {{{reel.scene.id}[peak].{name}}} or {{{reel.scene.id}[12].{name}}}.",
        )
    return of_frame[name](frames)
