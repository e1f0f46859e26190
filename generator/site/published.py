"""Pictures of the text on their way into the site: made ready once, then kept."""

from generator.course import Publisher
from generator.drawing import published_picture
from generator.site.cache import Cache
from generator.site.program import digest, program

NAME = "picture"


def publisher(kept: Cache) -> Publisher:
    """Return what makes of a picture's file the one that is published, or finds it where it is kept."""

    def publish(data: bytes, name: str) -> bytes:
        key = digest(b"published", data, program())
        return kept.files(key, lambda: [(NAME, published_picture(data, name))])[NAME]

    return publish
