"""What the stages of one layer share: the size in the middle, and how wide grids may be on a phone."""

from generator.drawing.legibility import too_wide
from generator.drawing.stages.stage import Stage
from generator.errors import InvalidValue
from generator.scenes.kinds.one_layer import LayerReel
from generator.scenes.numerals import size_text


class LayerStage(Stage):
    """A stage with the kernel of its layer between input and output."""

    reel: LayerReel

    @property
    def between(self) -> str:
        """Return the kernel's size."""
        return size_text(*self.reel.kernel_size)

    def phone_fault(self) -> InvalidValue | None:
        """Return that input and output are too wide for a phone."""
        ground, output = self.reel.ground, self.reel.output_size
        return too_wide(self.reel.scene.id, ground.size[1], ground.padded_size[1], output[1])
