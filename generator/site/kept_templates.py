"""Templates as Jinja has compiled them, kept: compiling them takes longer than making a page with them."""

from contextlib import suppress

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from generator.site.cache import FolderCache, LostPack
from generator.site.program import digest, whole_program

NAME = "template"


class KeptTemplates(BytecodeCache):
    """Keeps compiled templates in the cache; Jinja itself finds out whether one is of the same text."""

    def __init__(self, kept: FolderCache) -> None:
        """Keep them there."""
        self.kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template that is kept."""
        with suppress(LostPack):
            bucket.bytecode_from_string(self.kept.read(_key(bucket), NAME))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        with suppress(OSError):
            self.kept.keep(_key(bucket), [(NAME, bucket.bytecode_to_string())])


def _key(bucket: Bucket) -> str:
    return digest(b"template", whole_program(), bucket.key.encode(), bucket.checksum.encode())
