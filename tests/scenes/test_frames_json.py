"""`frames.json`: what other programs may rely on."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

import generator.scenes
from generator.scenes import frames_json
from tests.scenes.making import SOBEL_EDGE, reel_from, sliding_from
from tests.scenes.option_scenes import OPTION_SCENES, POOLS, SLIDING, SPREADING, pool, scene

SCHEMA = json.loads((Path(generator.scenes.__file__).parent / "frames.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
FLAGSHIP = frames_json(reel_from())
BLUR = frames_json(reel_from('id = "blur"\nimage = "dot"\nkernel = "box-blur"\noperation = "convolution"\n'))

Document = dict[str, Any]
Change = Callable[[Document], object]

HEAD = (
    "format version id operation transposed input kernel bias activation stride padding padding_mode "
    "dilation groups output_padding output frames"
)
SOMETIMES = {
    "padding_value": 'padding_mode = "constant"',
    "ceil_mode": "ceil_mode = true",
    "count_include_pad": "count_include_pad = false",
}
"""Keys that stand in files of scenes with these options alone, in their order."""
FRAMES = {
    "sliding": "out window products sum",
    "spreading": "in window patch output",
    "max": "out window values winner value",
    "average": "out window values sum value",
}
"""The keys of each kind of frame, in the order of the contract."""


def parsed(data: bytes) -> Document:
    document: Document = json.loads(data)
    return document


def written(text: str) -> Document:
    """Return what the file of a declared scene says."""
    return parsed(frames_json(reel_from(text)))


def frame_lines(text: str) -> list[str]:
    """Return the lines of a declared scene's file that hold a frame each."""
    lines = frames_json(reel_from(text)).decode().splitlines()
    return [line.strip().rstrip(",") for line in lines if line.startswith("  {")]


def test_the_schema_is_a_schema() -> None:
    """It keeps to the draft that it names."""
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_describes_every_key() -> None:
    """A reader from outside finds each key of the file with a sentence about it."""
    of_one_layer = [key for key in SCHEMA["properties"] if key not in ("layers", "names", "at", *SOMETIMES)]
    required = {*SCHEMA["required"], *SCHEMA["$defs"]["singleLayer"]["required"]}

    assert of_one_layer == list(written(POOLS["the largest"]))
    assert required == set(parsed(FLAGSHIP))
    assert all(key.get("description") for key in SCHEMA["properties"].values())


@pytest.mark.parametrize("frame", ["frame", "spreadingFrame", "maxFrame", "averageFrame"])
def test_the_schema_describes_every_key_of_a_frame(frame: str) -> None:
    """Where a key points to a definition, the sentence may stand there."""
    keys = SCHEMA["$defs"][frame]["properties"]

    assert " ".join(keys) in FRAMES.values()
    assert list(keys) == SCHEMA["$defs"][frame]["required"]
    for key in keys.values():
        pointed = SCHEMA["$defs"][key["$ref"].rpartition("/")[2]] if "$ref" in key else {}
        assert key.get("description") or pointed["description"]


@pytest.mark.parametrize("data", [FLAGSHIP, BLUR], ids=["whole", "fractions"])
def test_a_reel_is_valid(data: bytes) -> None:
    """Every file that is written keeps to the schema."""
    VALIDATOR.validate(parsed(data))


@pytest.mark.parametrize("name", OPTION_SCENES)
def test_a_scene_with_options_is_valid(name: str) -> None:
    """So does that of every kind of scene, with every option."""
    VALIDATOR.validate(written(OPTION_SCENES[name]))


def test_other_kinds_may_add_keys() -> None:
    """A key that the schema does not know is no fault, and neither is a kind."""
    VALIDATOR.validate({**parsed(FLAGSHIP), "author": "nobody"})
    VALIDATOR.validate({**parsed(FLAGSHIP), "kind": "path", "frames": [{"path": []}]})


def test_a_scene_that_learns_has_frames_of_its_own() -> None:
    """They are steps, and each needs all of its keys."""
    text = 'id = "a"\nkind = "learning"\nimage = [[1, 2]]\nimitate = [[3]]\nsteps = 1\n'
    document = parsed(frames_json(reel_from(text)))
    step = document["frames"][0]

    assert VALIDATOR.is_valid({**document, "frames": [step]})
    assert not VALIDATOR.is_valid({**document, "frames": [{**step, "loss": "0.5"}]})
    for key in step:
        frame = {name: value for name, value in step.items() if name != key}
        assert not VALIDATOR.is_valid({**document, "frames": [frame]})
    assert not VALIDATOR.is_valid({**parsed(FLAGSHIP), "kind": "learning"})


def test_large_arrays_may_lie_beside_the_file() -> None:
    """`file` stands in place of `values`, and never with it."""
    document = parsed(FLAGSHIP)
    values = document["input"].pop("values")
    document["input"]["file"] = "input.npy"

    assert VALIDATOR.is_valid(document)
    assert not VALIDATOR.is_valid({**document, "input": {**document["input"], "values": values}})


def without(key: str, frame: int | None = None) -> Change:
    """Return what takes a key out of a document, or out of one of its frames."""
    return lambda document: (document if frame is None else document["frames"][frame]).pop(key)


def with_(**keys: object) -> Change:
    """Return what changes keys of a document."""
    return lambda document: document.update(keys)


def with_frame(**keys: object) -> Change:
    """Return what changes keys of a document's last frame."""
    return lambda document: document["frames"][-1].update(keys)


def with_kernel(**keys: object) -> Change:
    """Return what changes keys of a document's kernel."""
    return lambda document: document["kernel"].update(keys)


BROKEN: dict[str, Change] = {
    **{f"no {key}": without(key) for key in parsed(FLAGSHIP)},
    **{f"a frame without {key}": without(key, frame=3) for key in FRAMES["sliding"].split()},
    "a number as text": lambda document: document["frames"][0].update(sum="0.5"),
    "a product as text": lambda document: document["frames"][0]["products"][0][0].__setitem__(0, "1"),
    "a pixel that is nothing": lambda document: document["input"]["values"][0][0].__setitem__(0, None),
    "a window of three": lambda document: document["frames"][0].update(window=[0, 0, 0]),
    "a window between two pixels": lambda document: document["frames"][0].update(window=[0.5, 0]),
    "a cell of two": lambda document: document["frames"][0].update(out=[0, 0]),
    "a cell before the first": lambda document: document["frames"][0].update(out=[0, -1, 0]),
    "a cell between two": lambda document: document["frames"][0].update(out=[0, 0.5, 0]),
    "products without rows": lambda document: document["frames"][0].update(products=[1, 2, 3]),
    "an image without channels": lambda document: document["input"].update(values=[[1, 2]]),
    "a shape of two": lambda document: document["input"].update(shape=[7, 7]),
    "a kernel's shape of three": lambda document: document["kernel"].update(shape=[1, 3, 3]),
    "a stride of one number": lambda document: document.update(stride=[1]),
    "a stride of nothing": lambda document: document.update(stride=[0, 1]),
    "padding in one direction": lambda document: document.update(padding=[[0, 0]]),
    "no frames": lambda document: document.update(frames=[]),
    "another format": lambda document: document.update(format="frames"),
    "another version": lambda document: document.update(version=2),
    "an unknown operation": lambda document: document.update(operation="convolve"),
    "neither values nor a file": lambda document: document["output"].pop("values"),
    "a file elsewhere": lambda document: document.update(output={"shape": [1, 5, 5], "file": "../x.npy"}),
    "an operation of pooling": with_(operation="max"),
    "a kernel without weights": lambda document: document["kernel"].pop("values"),
    "windows in a transposed scene": with_(transposed=True),
    "room at the edge of what is not transposed": with_(output_padding=[1, 0]),
    "a kind that is no text": with_(kind=5),
}
SPREAD = written(SPREADING["patches of channels, dilated"])
BROKEN_SPREADS: dict[str, Change] = {
    **{f"a frame without {key}": without(key, frame=3) for key in FRAMES["spreading"].split()},
    "patches in a scene that is not transposed": with_(transposed=False),
    "a mirror": with_(padding_mode="reflect"),
    "a pixel of two": with_frame(**{"in": [0, 0]}),
    "a pixel before the first": with_frame(**{"in": [0, 0, -1]}),
    "a patch of one plane": with_frame(patch=[[1, 2]]),
    "a patch with text": with_frame(patch=[[["1"]]]),
    "an output of one plane": with_frame(output=[[1, 2]]),
    "an output with a hole": with_frame(output=[[[None]]]),
    "a corner of three": with_frame(window=[0, 0, 0]),
    "a kernel without weights": lambda document: document["kernel"].pop("values"),
}
LARGEST = written(POOLS["the largest"])
BROKEN_POOLS: dict[str, Change] = {
    **{f"a frame without {key}": without(key, frame=3) for key in FRAMES["max"].split()},
    "an operation of a convolution": with_(operation="convolution"),
    "another kind": with_(kind="convolution"),
    "no kind": without("kind"),
    "a pool that is transposed": with_(transposed=True),
    "averages called the largest": with_(operation="average"),
    "a winner of three": with_frame(winner=[0, 0, 0]),
    "a winner in the padding": with_frame(winner=[-1, 0]),
    "a winner that is nothing": with_frame(winner=None),
    "a value that is nothing": with_frame(value=None),
    "values with text": with_frame(values=[["1"]]),
    "values of channels": with_frame(values=[[[1, 2], [3, 4]]]),
    "weights": with_kernel(values=[[[[1, 1], [1, 1]]]]),
    "weights beside the file": with_kernel(file="kernel.npy"),
    "a kernel with a name": with_kernel(name="box-blur"),
    "a window over two channels": with_kernel(shape=[1, 2, 2, 2]),
    "a bias": with_(bias=[1]),
    "an activation": with_(activation="relu"),
    "a mirror": with_(padding_mode="reflect"),
}
AVERAGE = written(POOLS["the average, padded"])
BROKEN_AVERAGES: dict[str, Change] = {
    **{f"a frame without {key}": without(key, frame=3) for key in FRAMES["average"].split()},
    "the largest called averages": with_(operation="max"),
    "a hole in the padding": with_frame(values=[[None]]),
    "a sum as text": with_frame(sum="1"),
    "a dilation": with_(dilation=[2, 1]),
}


@pytest.mark.parametrize(
    ("right", "change"),
    [
        pytest.param(right, change, id=f"{kind}: {name}")
        for kind, right, broken in (
            ("sliding", parsed(FLAGSHIP), BROKEN),
            ("spreading", SPREAD, BROKEN_SPREADS),
            ("max", LARGEST, BROKEN_POOLS),
            ("average", AVERAGE, BROKEN_AVERAGES),
        )
        for name, change in broken.items()
    ],
)
def test_a_broken_file_is_not_valid(right: Document, change: Change) -> None:
    """Missing keys, numbers as text, wrong lengths, and keys of another kind are found."""
    document = deepcopy(right)
    assert VALIDATOR.is_valid(document)

    change(document)

    assert not VALIDATOR.is_valid(document)


def test_keys_stand_in_the_order_of_the_contract() -> None:
    """The order is part of the format: two builds can be compared byte by byte."""
    document = parsed(FLAGSHIP)

    assert " ".join(document) == HEAD
    assert [list(document[key]) for key in ("input", "kernel", "output")] == [
        ["shape", "values"],
        ["name", "shape", "values"],
        ["shape", "values"],
    ]
    assert {" ".join(frame) for frame in document["frames"]} == {FRAMES["sliding"]}


@pytest.mark.parametrize(
    ("kind", "scenes"),
    [
        ("sliding", list(SLIDING.values())),
        ("spreading", list(SPREADING.values())),
        ("max", [text for text in POOLS.values() if '"max"' in text]),
        ("average", [text for text in POOLS.values() if '"average"' in text]),
    ],
    ids=FRAMES,
)
def test_every_kind_keeps_the_order(kind: str, scenes: list[str]) -> None:
    """Pooling says that it is pooling, and that it has no weights; else the head is the same."""
    pools = kind in ("max", "average")
    for text in scenes:
        document = written(text)

        head = HEAD.replace("id ", "id kind ") if pools else HEAD
        told = [key for key, option in SOMETIMES.items() if option in text]
        head = head.replace("padding_mode ", " ".join(["padding_mode", *told, ""]))
        assert " ".join(document) == head
        assert " ".join(document["kernel"]) == ("name shape" if pools else "name shape values")
        assert {" ".join(frame) for frame in document["frames"]} == {FRAMES[kind]}


@pytest.mark.parametrize("name", OPTION_SCENES)
def test_shapes_are_told_as_they_are(name: str) -> None:
    """Values are nested as their shape says, a frame's like one filter; each place has a frame."""
    document = written(OPTION_SCENES[name])
    kernel, output = document["kernel"]["shape"], document["output"]["shape"]
    spreads = document["transposed"]

    for part in ("input", "kernel", "output"):
        if "values" in document[part]:
            assert list(np.shape(document[part]["values"])) == document[part]["shape"]
    assert len(document["bias"]) == output[0]
    assert len(document["frames"]) == np.prod(document["input"]["shape"] if spreads else output)
    expected = {"products": kernel[1:], "patch": kernel[1:], "values": kernel[2:], "output": output}
    for frame in document["frames"]:
        for key in expected.keys() & frame.keys():
            assert list(np.shape(np.array(frame[key], object))) == expected[key]


def test_a_window_in_the_padding_lies_before_the_first_pixel() -> None:
    """Its corner is negative, and what is seen there is multiplied like a pixel."""
    first, *_, last = frame_lines(scene("[[1, 2], [3, 4]]", "[[5, 6], [7, 8]]", padding="1"))

    assert first == '{"out":[0,0,0],"window":[-1,-1],"products":[[[0,0],[0,8]]],"sum":8}'
    assert last == '{"out":[0,2,2],"window":[1,1],"products":[[[20,0],[0,0]]],"sum":20}'


def test_a_mirrored_pixel_is_multiplied() -> None:
    """Each mode shows another number left of the first pixel."""
    for mode, seen in (("reflect", 2), ("replicate", 1), ("circular", 3)):
        first = frame_lines(scene("[[1, 2, 3]]", "[[10, 0]]", padding="1", padding_mode=f'"{mode}"'))[0]

        assert first == f'{{"out":[0,0,0],"window":[0,-1],"products":[[[{seen * 10},0]]],"sum":{seen * 10}}}'


def test_steps_are_seen_in_the_windows() -> None:
    """A stride moves the window, rows by themselves; a dilation takes its weights apart."""
    lines = frame_lines(scene("[[1, 2, 3], [4, 5, 6], [7, 8, 9]]", "[[1, 1]]", stride="[2, 1]", dilation="2"))

    assert lines == [
        '{"out":[0,0,0],"window":[0,0],"products":[[[1,3]]],"sum":4}',
        '{"out":[0,1,0],"window":[2,0],"products":[[[7,9]]],"sum":16}',
    ]


def test_filters_channels_bias_and_activation_are_written_out() -> None:
    """Products have the channels of one filter; the sum has the bias, and only the output the activation."""
    text = scene("[[[1]], [[2]]]", "[[[[3]], [[4]]], [[[-5]], [[6]]]]", bias="[0.5, -9]", activation='"relu"')
    document = written(text)

    assert frame_lines(text) == [
        '{"out":[0,0,0],"window":[0,0],"products":[[[3]],[[8]]],"sum":11.5}',
        '{"out":[1,0,0],"window":[0,0],"products":[[[-5]],[[12]]],"sum":-2}',
    ]
    assert (document["bias"], document["activation"]) == ([0.5, -9], "relu")
    assert document["output"] == {"shape": [2, 1, 1], "values": [[[11.5]], [[0]]]}


def test_filters_with_names_keep_them() -> None:
    """All names stand in one text, and all weights have their scale."""
    kernel = written(scene('"dot"', '["box-blur", "sobel-x"]'))["kernel"]

    assert (kernel["name"], kernel["shape"]) == ("box-blur, sobel-x", [2, 1, 3, 3])
    assert kernel["values"][0] == [[[1 / 9] * 3] * 3]
    assert kernel["values"][1] == [[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]]


def test_a_kernel_for_each_channel_is_written_for_each() -> None:
    """What an author wrote once stands there as often as it is used."""
    document = written(scene("[[[1]], [[2]]]", "[[3]]", groups="2"))

    assert document["groups"] == 2
    assert document["kernel"] == {"name": None, "shape": [2, 1, 1, 1], "values": [[[[3]]], [[[3]]]]}
    assert [frame["products"] for frame in document["frames"]] == [[[[3]]], [[[6]]]]


def test_a_pixel_that_spreads_tells_its_patch_and_the_output_so_far() -> None:
    """The bias is there from the start, patches add up, and what is cut off is in the patch all the same."""
    text = scene(
        "[[1, 2]]", "[[10, 20, 30]]", bias="-15", padding="[0, 1]", activation='"relu"', transposed="true"
    )

    assert frame_lines(text) == [
        '{"in":[0,0,0],"window":[0,-1],"patch":[[[10,20,30]]],"output":[[[5,15]]]}',
        '{"in":[0,0,1],"window":[0,0],"patch":[[[20,40,60]]],"output":[[[25,55]]]}',
    ]
    assert written(text)["output"]["values"] == [[[25, 55]]]


def test_a_cell_that_nothing_has_reached_holds_the_bias() -> None:
    """After the activation, like every number of an output."""
    spread = {"stride": "2", "transposed": "true"}
    plain = frame_lines(scene("[[1, 2]]", "[[10]]", bias="-3", **spread))
    active = frame_lines(scene("[[1, 2]]", "[[10]]", bias="-3", activation='"relu"', **spread))

    assert [line.rpartition('"output":')[2] for line in plain] == ["[[[7,-3,-3]]]}", "[[[7,-3,17]]]}"]
    assert [line.rpartition('"output":')[2] for line in active] == ["[[[7,0,0]]]}", "[[[7,0,17]]]}"]


def test_a_pixel_spreads_over_several_outputs() -> None:
    """The first axis of the kernel is the channel of the pixel, the second the output."""
    text = scene("[[[1]], [[10]]]", "[[[[2]], [[3]]], [[[5]], [[7]]]]", transposed="true")

    assert frame_lines(text) == [
        '{"in":[0,0,0],"window":[0,0],"patch":[[[2]],[[3]]],"output":[[[2]],[[3]]]}',
        '{"in":[1,0,0],"window":[0,0],"patch":[[[50]],[[70]]],"output":[[[52]],[[73]]]}',
    ]


def test_the_largest_pixel_is_told_with_its_place() -> None:
    """Padding is nothing: no pixel is so small that it loses. Of equal pixels the first one wins."""
    first, *_, last = frame_lines(pool("max", "[[-5, -6], [-7, -5]]", "2", stride="1", padding="1"))
    middle = frame_lines(pool("max", "[[3, 7], [7, 0]]", "2"))[0]

    assert (
        first == '{"out":[0,0,0],"window":[-1,-1],"values":[[null,null],[null,-5]],"winner":[0,0],"value":-5}'
    )
    assert last == '{"out":[0,2,2],"window":[1,1],"values":[[-5,null],[null,null]],"winner":[1,1],"value":-5}'
    assert middle == '{"out":[0,0,0],"window":[0,0],"values":[[3,7],[7,0]],"winner":[0,1],"value":7}'


def test_an_average_is_told_with_its_sum() -> None:
    """Zeros of the padding are counted; whole averages are integers."""
    lines = frame_lines(pool("average", "[[[1, 2]], [[8, 8]]]", "[1, 2]", padding="[0, 1]"))

    assert lines == [
        '{"out":[0,0,0],"window":[0,-1],"values":[[0,1]],"sum":1,"value":0.5}',
        '{"out":[0,0,1],"window":[0,1],"values":[[2,0]],"sum":2,"value":1}',
        '{"out":[1,0,0],"window":[0,-1],"values":[[0,8]],"sum":8,"value":4}',
        '{"out":[1,0,1],"window":[0,1],"values":[[8,0]],"sum":8,"value":4}',
    ]


def test_pooling_has_a_size_and_no_weights() -> None:
    """Each channel is a group of its own."""
    document = written(pool("max", "[[[1, 2]], [[3, 4]], [[5, 6]]]", "[1, 2]"))

    assert (document["kind"], document["operation"], document["groups"]) == ("pooling", "max", 3)
    assert document["kernel"] == {"name": None, "shape": [3, 1, 1, 2]}
    assert (document["bias"], document["activation"], document["stride"]) == ([0, 0, 0], None, [1, 2])


def test_a_whole_number_is_an_integer_in_the_text() -> None:
    """Also where its neighbours are fractions."""
    text = BLUR.decode()

    assert not re.search(r"\.0\b", text)
    assert "1.8888888888888888" in text
    assert '"sum":1}' in text


def test_each_frame_is_a_line() -> None:
    """A person who compares two files sees which frame differs."""
    frames = [line for line in FLAGSHIP.decode().splitlines() if line.startswith('  {"out":')]

    assert len(frames) == 25
    assert (
        frames[1] == '  {"out":[0,0,1],"window":[0,1],"products":[[[-1,0,9],[-2,0,18],[-1,0,9]]],"sum":32},'
    )
    assert FLAGSHIP.endswith(b"}\n")


def test_the_same_scene_gives_the_same_bytes() -> None:
    """Nothing but the declaration goes in."""
    assert frames_json(reel_from(SOBEL_EDGE)) == FLAGSHIP


def test_what_is_read_back_is_what_was_computed() -> None:
    """Every number survives to its last bit."""
    reel = sliding_from('id = "blur"\nimage = "ramp"\nkernel = [[0.1, 0.7]]\nscale = "1/3"\n')
    document = parsed(frames_json(reel))

    assert document["output"]["values"] == reel.output.tolist()
    assert [frame["products"] for frame in document["frames"]] == [f.products.tolist() for f in reel.frames]
    assert [tuple(frame["window"]) for frame in document["frames"]] == [f.window for f in reel.frames]


def test_the_kernel_is_written_as_it_is_declared() -> None:
    """A convolution turns it on the window alone; a kernel in numbers has no name."""
    document = parsed(
        frames_json(
            reel_from('id = "a"\nimage = "dot"\nkernel = [[1, 2, 3]]\noperation = "convolution"\n'),
        )
    )

    assert document["kernel"] == {"name": None, "shape": [1, 1, 1, 3], "values": [[[[1, 2, 3]]]]}
    assert document["operation"] == "convolution"
    assert document["frames"][0]["products"] == [[[3, 2, 1]]]
