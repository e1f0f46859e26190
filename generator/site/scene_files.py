"""All files of a scene beside its page: the data of every version, encoded once, and what is drawn of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.course import SceneBlock
from generator.course.taken_along import FRAMES_JSON
from generator.drawing.paper import Imprint
from generator.scenes import Reel, array_files, frames_json
from generator.site.artifact_kinds import USUAL, Wanted
from generator.site.artifacts import Artifact, Look, ReelRenderer
from generator.site.cache import FolderCache
from generator.site.packs import Pack
from generator.site.program import digest, program


@dataclass(frozen=True)
class ReelFiles:
    """The files of one version of a scene: those of its numbers are there, the others can be made."""

    folder: str
    """In that of the scene: "" or a name with a slash at the end."""
    data: Mapping[str, bytes]
    artifacts: tuple[Artifact, ...]

    @property
    def _data_key(self) -> str:
        told = repr(sorted(self.data)).encode()
        return digest(b"data", told, *(self.data[name] for name in sorted(self.data)))

    def is_drawn(self, kept: FolderCache) -> bool:
        """Tell whether everything of it is kept that is drawn."""
        return all(kept.listed(artifact.key) is not None for artifact in self.artifacts)

    def draw(self, kept: FolderCache) -> None:
        """Draw and keep what is not kept."""
        for artifact in self.artifacts:
            kept.listed_or_made(artifact.key, artifact.make)

    def packs(self, kept: FolderCache) -> Iterator[Pack]:
        """Yield its files in the scene's folder; what is not kept is made."""
        listed = kept.listed_or_made(self._data_key, self.data.items)
        yield Pack(self._data_key, self.folder, listed)
        for artifact in self.artifacts:
            yield Pack(artifact.key, self.folder, kept.listed_or_made(artifact.key, artifact.make))


def reel_files(
    block: SceneBlock, imprint: Imprint, look: Look, wanted: Wanted = USUAL
) -> Iterator[ReelFiles]:
    """Yield the files of every version of a scene, with what is wanted of what can be drawn of it."""
    wanted = wanted.of(block)
    versions = [(reel.scene.title, f"{folder_of(block, reel)}{FRAMES_JSON}") for reel in block.reels]
    several = len(versions) > 1
    for reel in block.reels:
        own = reel is block.reel
        document = frames_json(reel, versions if several and own else ())
        data = {FRAMES_JSON: document, **array_files(reel)}
        renderer = ReelRenderer(
            reel=reel,
            is_first=own,
            pauses=block.pauses if own else (),
            blanks=block.blanks if own else (),
            shots=block.shots_of(reel),
            imprint=replace(imprint, scene=f"{imprint.scene} · {reel.scene.title}") if several else imprint,
            look=look,
            source=_source(reel, data, look),
        )
        drawn = tuple(artifact for artifact in renderer.artifacts(wanted) if artifact.kind in wanted.kinds)
        yield ReelFiles(folder_of(block, reel), data, drawn)


def _source(reel: Reel, data: Mapping[str, bytes], look: Look) -> str:
    """Return a digest of what decides every picture of a reel."""
    drawn_from = repr((reel.scene.drawn_from, reel.greys, look.digest)).encode()
    return digest(*data.values(), drawn_from, program())


def folder_of(block: SceneBlock, reel: Reel) -> str:
    """Return the folder of a version in that of its scene: none for the first, which is the scene itself."""
    return "" if reel is block.reel else f"{reel.scene.version}/"
