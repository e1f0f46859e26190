"""What a filmstrip costs, and all that is made of a scene beside its page."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from time import process_time

from generator.cli import PROJECT
from generator.course import SceneBlock
from generator.drawing import filmstrip_png
from generator.drawing.film.filmstrip import exposed_film
from generator.drawing.paper import Imprint
from generator.drawing.pens.png import indexed_png
from generator.site import read_content
from generator.site.artifacts import Artifact, look_of
from generator.site.scene_files import reel_files
from tests.benchmark.timing import medians, table
from tests.drawing.samples import FLAGSHIP, FONT, LIGHT, THEME


def film() -> str:
    """Return the table of the flagship's filmstrip: as a whole, and of it the encoding alone."""
    picture, colours = exposed_film(FLAGSHIP, LIGHT, FONT)
    contenders = {
        "film": lambda: filmstrip_png(FLAGSHIP, LIGHT, FONT),
        "encoding alone": lambda: indexed_png(picture, colours, 0, 300),
    }
    size = f"{picture.width}×{picture.height}, {len(contenders['film']()):,} bytes"
    return table("Filmstrip", {size: medians(contenders)})


def paper() -> str:
    """Return the table of what is made of the flagship beside its page: processor time, and the sizes."""
    [block] = [scene for scene in _scenes() if scene.reel.scene.id == "sobel-edge"]
    imprint = Imprint("Course", 5, "Chapter", "Figure 5.1 · sobel-edge", "", "")
    [reel] = reel_files(block, imprint, look_of(THEME))
    makers = {
        str(kind): partial(_made, [artifact for artifact in reel.artifacts if artifact.kind == kind])
        for kind in dict.fromkeys(artifact.kind for artifact in reel.artifacts)
    }
    times = medians(makers, rounds=5, clock=process_time)
    together = {**times, "together": sum(times.values())}
    files = {name: data for make in makers.values() for name, data in make().items()}
    sizes = ", ".join(f"{name} {len(data):,}" for name, data in files.items() if "/" not in name)
    rows = {name: {"processor": taken} for name, taken in together.items()}
    return f"{table('Paper and animations', rows)}\n\nBytes: {sizes}"


def _made(artifacts: Iterable[Artifact]) -> dict[str, bytes]:
    return dict(chain.from_iterable(artifact.make() for artifact in artifacts))


def _scenes() -> Iterator[SceneBlock]:
    for chapter in read_content(PROJECT / "content").chapters:
        yield from chapter.scenes
