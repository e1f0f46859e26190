"""The arithmetic of the lessons: named kernels, named patterns, and convolution itself.

Pure functions of arrays and frozen constants. Nothing here knows of scenes, files or drawing, so every
number that a page shows can be computed, and checked, with this room alone.
"""

from generator.arithmetic.activation import (
    ACTIVATIONS,
    CENTRES,
    CUTTING,
    ENDING_AT_ZERO,
    ENDS,
    FRACTIONAL,
    UNSIGNED,
    Activation,
    activated,
    cut_off,
    exactly_activated,
    may_be_exact,
)
from generator.arithmetic.declared_geometry import (
    IMAGE_WORDS,
    PADDING_WORDS,
    SIZED_WORDS,
    PaddingWord,
    declared_padding,
    declared_pair,
    geometry_of,
)
from generator.arithmetic.exactness import Array, Mask, Numbers, is_whole, scaled, without_noise
from generator.arithmetic.geometry import NO_MARGINS, Geometry, lines_under
from generator.arithmetic.images import BRIGHT, DARK, PATTERNS, Pattern
from generator.arithmetic.kernels import KERNELS, NamedKernel
from generator.arithmetic.layer import (
    OPERATIONS,
    LayerProducts,
    Operation,
    filter_count,
    laid,
    layer_output,
    layer_patch,
    layer_products,
    outputs_of,
)
from generator.arithmetic.losses import Loss, empty_lines, losses, unused_lines
from generator.arithmetic.luma import luma
from generator.arithmetic.magnitude import magnitude
from generator.arithmetic.padding import (
    NOTHING,
    PADDING_MODES,
    Margins,
    PaddingMode,
    Pair,
    Places,
    padded,
    seen_lines,
    seen_pixels,
)
from generator.arithmetic.pooling import (
    GLOBAL,
    Pooled,
    average_divisors,
    average_pool,
    max_pool,
    pooling_geometry_of,
)

__all__ = [
    "ACTIVATIONS",
    "BRIGHT",
    "CENTRES",
    "CUTTING",
    "DARK",
    "ENDING_AT_ZERO",
    "ENDS",
    "FRACTIONAL",
    "GLOBAL",
    "IMAGE_WORDS",
    "KERNELS",
    "NOTHING",
    "NO_MARGINS",
    "OPERATIONS",
    "PADDING_MODES",
    "PADDING_WORDS",
    "PATTERNS",
    "SIZED_WORDS",
    "UNSIGNED",
    "Activation",
    "Array",
    "Geometry",
    "LayerProducts",
    "Loss",
    "Margins",
    "Mask",
    "NamedKernel",
    "Numbers",
    "Operation",
    "PaddingMode",
    "PaddingWord",
    "Pair",
    "Pattern",
    "Places",
    "Pooled",
    "activated",
    "average_divisors",
    "average_pool",
    "cut_off",
    "declared_padding",
    "declared_pair",
    "empty_lines",
    "exactly_activated",
    "filter_count",
    "geometry_of",
    "is_whole",
    "laid",
    "layer_output",
    "layer_patch",
    "layer_products",
    "lines_under",
    "losses",
    "luma",
    "magnitude",
    "max_pool",
    "may_be_exact",
    "outputs_of",
    "padded",
    "pooling_geometry_of",
    "scaled",
    "seen_lines",
    "seen_pixels",
    "unused_lines",
    "without_noise",
]
