"""The reel as JSON for other programs; `frames.schema.json` beside this module describes it."""

from collections.abc import Sequence

import msgspec

from generator.scenes.reel import Reel

FORMAT = "convolution-frames"
VERSION = 1


def frames_json(reel: Reel, versions: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return the reel as UTF-8 JSON in a stable key order, one frame a line, with a newline at the end.

    Args:
        reel: what to write.
        versions: title and file of every version of the scene, if this is the first of several.

    """
    head = {"format": FORMAT, "version": VERSION, "id": reel.scene.id, **reel.head}
    if versions:
        head["versions"] = [{"title": title, "file": file} for title, file in versions]
    lines = [b'"%s": %s' % (key.encode(), msgspec.json.encode(value)) for key, value in head.items()]
    frames = b",\n  ".join(map(msgspec.json.encode, reel.frame_documents()))
    return b"{" + b",\n ".join(lines) + b',\n "frames": [\n  ' + frames + b"\n ]}\n"
