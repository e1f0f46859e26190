"""How large sums and answers are, and whether their signs mean something: what their colours go by."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from generator.arithmetic import CENTRES, CUTTING, ENDS, Activation, Array
from generator.scenes.tones import Greys, Signs, Tone

FULL_COLOUR = 99
"""In a photograph, so many of a hundred answers do not pass the one that has its full colour."""
WHITE = 255
"""The brightest pixel of a photograph."""


@dataclass(frozen=True, eq=False, kw_only=True)
class AnswerScale:
    """What is known of the answers of a scene whose window slides, and of the sums that they are made of."""

    output: Array
    """All answers, shape (O, OH, OW)."""
    largest_shown: float
    """The largest sum or answer of any frame, in absolute value."""
    activation: Activation | None
    is_signed: bool
    """Whether an answer's sign means something; where it does not, an answer is a brightness."""
    has_signed_sums: bool
    """Whether a sum's sign does, whatever is made of the sum."""
    has_every_number: bool
    """Whether all answers are seen as numbers; those of a photograph are not."""

    @property
    def _is_apart(self) -> bool:
        """Tell whether the answers are of another size than the sums that they are made of."""
        return self.activation in CENTRES

    @cached_property
    def largest_output(self) -> float:
        """Return the largest number that ever stands in the output, in absolute value.

        It is that of the sums too where both are of one size. Of a photograph it is the answer that has its
        full colour, which few others pass.
        """
        if not self.has_every_number:
            return self.full_answer
        largest = float(np.abs(self.output).max())
        return largest if self._is_apart else max(largest, self.largest_shown)

    @property
    def largest_sum(self) -> float:
        """Return the largest number that ever stands in the sum, in absolute value, or in the output."""
        apart = self._is_apart or self.is_signed != self.has_signed_sums
        return self.largest_shown if apart else self.largest_output

    @property
    def is_brightness(self) -> bool:
        """Tell whether an answer is what a pixel is: a mean or a sum of some, or cut to what one can be.

        A strength without a sign, such as a magnitude or a sigmoid's, is none.
        """
        makes_pixels = not self.has_signed_sums and self.activation not in CENTRES
        return not self.is_signed and (makes_pixels or self.activation in CUTTING)

    def answer_tone(self, greys: Greys) -> Tone:
        """Return what the colours of answers say, where brightnesses are shown on those greys."""
        if self.is_signed:
            return Signs(self.largest_output)
        if self.is_brightness and self.has_every_number:
            return greys
        return Greys(0, self.full_answer)

    def sum_tone(self, greys: Greys) -> Tone:
        """Return what the colours of sums say, where brightnesses are shown on those greys."""
        if self.has_signed_sums:
            return Signs(self.largest_sum)
        return greys if self.has_every_number else Greys(0, max(WHITE, self.largest_sum))

    @cached_property
    def full_answer(self) -> float:
        """Return the absolute answer from which a picture of the output has its full colour, or is white.

        Answers of weights that are all positive are pixels again, and their white is that of pixels.
        """
        if self.activation is not None and self.activation in ENDS:
            return ENDS[self.activation]
        sizes = np.abs(self.output).ravel()
        if not self.is_signed:
            largest = float(sizes.max())
            return (largest or WHITE) if self.has_signed_sums else max(WHITE, largest)
        usual = float(np.percentile(sizes, FULL_COLOUR, method="higher"))
        return usual or float(sizes.max()) or 1
