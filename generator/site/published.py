"""Pictures of the text on their way into the site: made ready once, then kept."""

from pathlib import PurePosixPath

from generator.course import Publisher
from generator.site.cache import Cache, Made
from generator.site.output import digest_of
from generator.site.program import digest, program


def published_key(name: str, known_by: str) -> str:
    """Return the key under which a picture is kept as it is published, given the digest of its file."""
    return digest(b"published", name.encode(), known_by.encode(), program())


def publisher(kept: Cache) -> Publisher:
    """Return what makes of a picture's file the one that is published, or finds it where it is kept."""

    def publish(data: bytes, path: str) -> bytes:
        name = PurePosixPath(path).name
        key = published_key(name, digest_of(data))

        def make() -> Made:
            from generator.drawing import published_picture  # noqa: PLC0415 - late, for most are kept

            yield name, published_picture(data, path)

        return kept.files(key, make)[name]

    return publish
