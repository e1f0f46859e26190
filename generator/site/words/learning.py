"""A kernel that learns, in words."""

from generator.errors import counted
from generator.scenes.kinds.learning import LearningReel
from generator.scenes.kinds.learning_scene import LearningFrame
from generator.scenes.numerals import size_text
from generator.scenes.titles import readable
from generator.site.words.kind import Words
from generator.site.words.telling import image_words, said
from generator.site.words.weights import filter_options_words
from generator.site.words.window import WindowTable, window_table


def _alt(reel: LearningReel) -> str:
    scene, last = reel.scene, reel.frames[-1]
    further = len(scene.examples) - 1
    more = f" and {counted(further, 'further image')}" if further else ""
    return (
        f"{image_words(reel)}{more}; {_learns(reel)}{filter_options_words(reel.layer)}; "
        f"in {counted(last.step, 'step')} the loss goes from {said(reel.loss_text(reel.frames[0].loss))} "
        f"to {said(reel.loss_text(last.loss))}."
    )


def _learns(reel: LearningReel) -> str:
    """Return what learns, and what it is to make."""
    filters, imitated = len(reel.output), reel.scene.imitated
    size = size_text(*reel.layer.size)
    what = f"{filters} {size} kernels that learn" if filters > 1 else f"a {size} kernel that learns"
    if imitated is None:
        return f"{what} to make a wanted {size_text(*reel.output_size)} map"
    name = f"the {readable(imitated.name)} kernel" if imitated.name else "another kernel"
    return f"{what} to make what {name} makes"


def _sentence(reel: LearningReel, frame: LearningFrame) -> str:
    _, row, column = frame.place
    made, wanted, error = (
        said(reel.answer_text(maps[frame.place].item())) for maps in (frame.output, reel.wanted, frame.error)
    )
    return (
        f"the loss is {said(reel.loss_text(frame.loss))}; the kernel is most wrong at row {row + 1}, "
        f"column {column + 1}: it makes {made}, wanted is {wanted}, the error is {error}"
    )


def _place(reel: LearningReel, number: int) -> str:
    return f"Step {reel.frames[number - 1].step}"


def _rule(_reel: LearningReel) -> str:
    return (
        "The window lies where the kernel is most wrong. Error: what it makes, less what is wanted. "
        "Loss: the mean of all squared errors."
    )


def _window(reel: LearningReel) -> WindowTable:
    filters, channels = reel.frames[0].weights.shape[:2]
    term = "{weights *}, next {product *}"
    return window_table(reel.layer.size, filters * channels, term=term, name="kernel")


LEARNING = Words(
    _alt,
    _sentence,
    _rule,
    _window,
    cue="the kernel learns",
    frames="steps in order, each with the kernel, what it makes, its error, and the loss so far",
    place=_place,
)
