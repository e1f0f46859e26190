"""Scenes: a declaration becomes a checked, frozen `Scene`, and a scene becomes a frozen `Reel`.

This room knows what an author may declare and what follows from it: every frame, the anchors that tie
narration to frames, the values that prose may quote, and the JSON that other programs read. It draws
nothing and opens no file; a picture named in a declaration comes through a reader that the caller gives.

Its door opens late: a name is loaded with its module, and NumPy, when it is first asked for. So text that
names no scene is read without what computes them, and whoever may do without enters by `scenes.reel_of`.
"""

from typing import TYPE_CHECKING

from generator.doors import opened_late

if TYPE_CHECKING:
    from generator.arithmetic import NO_MARGINS, Activation, Array, Geometry, Margins, Pair
    from generator.scenes.array_files import array_files
    from generator.scenes.declaration import ImageReader
    from generator.scenes.frame_choice import FrameChoice
    from generator.scenes.frames_json import frames_json
    from generator.scenes.grids import Grid, grid_named
    from generator.scenes.ground import Ground
    from generator.scenes.kernel import SceneKernel
    from generator.scenes.kinds import EVERY_VALUE, VALUE_FAMILIES, reel_of
    from generator.scenes.narration import frame_range
    from generator.scenes.networks import LearnedNetwork, NetworkTable, Trainer, learned_network
    from generator.scenes.photographs import check_photo_pixels
    from generator.scenes.pixels import Pixels
    from generator.scenes.positions import Positions
    from generator.scenes.quoting import reel_value
    from generator.scenes.ranges import FrameRange
    from generator.scenes.reel import Frame, Reel
    from generator.scenes.scene import Scene, Spot
    from generator.scenes.tones import Greys, Signs, Tone, shared_greys
    from generator.scenes.versions import Arrangement, Versions, frame_of_version, scenes_from_toml
    from generator.scenes.worksheet import blank_frames

__all__ = [
    "EVERY_VALUE",
    "NO_MARGINS",
    "VALUE_FAMILIES",
    "Activation",
    "Arrangement",
    "Array",
    "Frame",
    "FrameChoice",
    "FrameRange",
    "Geometry",
    "Greys",
    "Grid",
    "Ground",
    "ImageReader",
    "LearnedNetwork",
    "Margins",
    "NetworkTable",
    "Pair",
    "Pixels",
    "Positions",
    "Reel",
    "Scene",
    "SceneKernel",
    "Signs",
    "Spot",
    "Tone",
    "Trainer",
    "Versions",
    "array_files",
    "blank_frames",
    "check_photo_pixels",
    "frame_of_version",
    "frame_range",
    "frames_json",
    "grid_named",
    "learned_network",
    "reel_of",
    "reel_value",
    "scenes_from_toml",
    "shared_greys",
]

_NAMES = {
    "generator.arithmetic": "NO_MARGINS Activation Array Geometry Margins Pair",
    "generator.scenes.array_files": "array_files",
    "generator.scenes.declaration": "ImageReader",
    "generator.scenes.frame_choice": "FrameChoice",
    "generator.scenes.frames_json": "frames_json",
    "generator.scenes.grids": "Grid grid_named",
    "generator.scenes.ground": "Ground",
    "generator.scenes.kernel": "SceneKernel",
    "generator.scenes.kinds": "EVERY_VALUE VALUE_FAMILIES reel_of",
    "generator.scenes.narration": "frame_range",
    "generator.scenes.networks": "LearnedNetwork NetworkTable Trainer learned_network",
    "generator.scenes.photographs": "check_photo_pixels",
    "generator.scenes.pixels": "Pixels",
    "generator.scenes.positions": "Positions",
    "generator.scenes.quoting": "reel_value",
    "generator.scenes.ranges": "FrameRange",
    "generator.scenes.reel": "Frame Reel",
    "generator.scenes.scene": "Scene Spot",
    "generator.scenes.tones": "Greys Signs Tone shared_greys",
    "generator.scenes.versions": "Arrangement Versions frame_of_version scenes_from_toml",
    "generator.scenes.worksheet": "blank_frames",
}
"""What each module has for this door."""

if not TYPE_CHECKING:
    __getattr__ = opened_late(__name__, _NAMES)
