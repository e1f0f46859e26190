"""One image and one kernel: a layer without channels, filters and options."""

import numpy as np

from generator.arithmetic import Array, Numbers, laid, layer_output


def cross_correlate(image: Numbers, kernel: Numbers) -> Array:
    """Return what a layer answers, shape (H - KH + 1, W - KW + 1)."""
    answer: Array = layer_output(image[np.newaxis], kernel[np.newaxis, np.newaxis])[0]
    return answer


def convolve(image: Numbers, kernel: Numbers) -> Array:
    """Return the same with the kernel turned by half a circle."""
    return cross_correlate(image, laid(kernel, "convolution"))
