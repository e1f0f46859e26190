"""Scenes: a declaration becomes a checked, frozen `Scene`, and a scene becomes a frozen `Reel`.

This room knows what an author may declare and what follows from it: every frame, the anchors that tie
narration to frames, the values that prose may quote, and the JSON that other programs read. It draws
nothing and opens no file; a picture named in a declaration comes through a reader that the caller gives.
"""

from generator.arithmetic import Array
from generator.scenes.declaration import ImageReader, check_pixels, scene_from_toml
from generator.scenes.frames_json import frames_json
from generator.scenes.narration import FrameRange, frame_range
from generator.scenes.numerals import number_text
from generator.scenes.reel import Frame, Reel, reel_of
from generator.scenes.scene import GreyPicture, Scene, SceneKernel
from generator.scenes.values import reel_value
from generator.scenes.worksheet import blank_frames

__all__ = [
    "Array",
    "Frame",
    "FrameRange",
    "GreyPicture",
    "ImageReader",
    "Reel",
    "Scene",
    "SceneKernel",
    "blank_frames",
    "check_pixels",
    "frame_range",
    "frames_json",
    "number_text",
    "reel_of",
    "reel_value",
    "scene_from_toml",
]
