"""The keys that scene blocks of all kinds share, with their types; each kind adds its own."""

from typing import Annotated, Any, Literal

import msgspec

NAME_OR_ROWS = "a name or rows of numbers"
WHOLE_OR_PAIR = "a whole number or a pair of them, rows first"


class SceneKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of every kind of scene block; what they mean is checked afterwards."""

    id: Annotated[str, msgspec.Meta(examples=['id = "sobel-edge"'])]
    kind: Literal["convolution", "pooling", "stack", "magnitude", "learning", "zoom"] = "convolution"
    image: Annotated[str | list[Any], msgspec.Meta(description=NAME_OR_ROWS, examples=['image = "step"'])]
    colour: Annotated[bool, msgspec.Meta(description="true or false")] = False
    frames: Annotated[
        str, msgspec.Meta(description='text such as "sample 40", "row 12" or "path 10,20 40,60"')
    ] = ""
    caption: str = ""
    alt: str = ""
    worksheet: Annotated[bool, msgspec.Meta(description="true or false")] = False
    blank: Annotated[
        str | list[Any], msgspec.Meta(description='text such as "out peak", or a list of such texts')
    ] = msgspec.field(default_factory=list)


class WindowKeys(SceneKeys, frozen=True, kw_only=True):
    """The keys of every scene with one window."""

    stride: Any = 1
    padding: Any = 0
    dilation: Any = 1
