"""The kernels an author can name, as they are printed on the page, each with its source.

All are written for cross-correlation, where the kernel is laid on the image as it stands. A kernel for
edges ending in `-x` is positive where the image is dark on the left and bright on the right, one ending
in `-y` where it is dark above and bright below; a kernel for lines is positive on a line that is brighter
than its left and right (`-x`), or than what is above and below it (`-y`). Many books write them for
convolution, turned by half a circle, or with the two letters exchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType


@dataclass(frozen=True)
class NamedKernel:
    """A kernel with a name, whole weights, and where it comes from."""

    name: str
    """What an author writes in a scene."""
    weights: tuple[tuple[int, ...], ...]
    """KH rows of KW whole weights, in the order in which they lie on the image."""
    scale: Fraction
    """What the sum of products is multiplied by: 1, unless the weights make an average or hold one."""
    source: str
    """A paper or book, with its year."""
    asks: str
    """The question that the kernel asks of every window, as a clause for captions."""


_GONZALEZ_WOODS_2002 = (
    "R. C. Gonzalez and R. E. Woods, Digital Image Processing, 2nd edition, 2002, chapter 3"
)
_GONZALEZ_WOODS_2008 = "R. C. Gonzalez and R. E. Woods, Digital Image Processing, 3rd edition, 2008"
_GONZALEZ_WOODS_EDDINS = (
    "R. C. Gonzalez, R. E. Woods and S. L. Eddins, Digital Image Processing Using MATLAB, 2004, section 3.5; "
    "no known inventor"
)
_BURT_ADELSON = (
    "P. J. Burt and E. H. Adelson, The Laplacian Pyramid as a Compact Image Code, "
    "IEEE Transactions on Communications 31, 1983, p. 533"
)
_SOBEL = (
    "I. Sobel and G. Feldman, A 3×3 Isotropic Gradient Operator for Image Processing, talk, Stanford, 1968; "
    "told in R. O. Duda and P. E. Hart, Pattern Classification and Scene Analysis, 1973, p. 271"
)
_PREWITT = (
    "J. M. S. Prewitt, Object Enhancement and Extraction, in B. S. Lipkin and A. Rosenfeld (eds.), "
    "Picture Processing and Psychopictorics, 1970"
)
_SCHARR = "H. Scharr, Optimale Operatoren in der Digitalen Bildverarbeitung, dissertation, Heidelberg, 2000"
_ROBERTS = (
    "L. G. Roberts, Machine Perception of Three-Dimensional Solids, MIT Lincoln Laboratory, 1963; "
    f"the signs: {_GONZALEZ_WOODS_2008}, section 10.2"
)
_MARR_HILDRETH = (
    "D. Marr and E. Hildreth, Theory of Edge Detection, Proceedings of the Royal Society of London B 207, "
    f"1980; the whole numbers: {_GONZALEZ_WOODS_2008}, section 10.2"
)

# How bright is it here? No weight is negative, and times the scale they add up to one.

# Gonzalez and Woods 2008, on correlation: the discrete unit impulse, nobody's invention.
IDENTITY = NamedKernel(
    name="identity",
    weights=(
        (0, 0, 0),
        (0, 1, 0),
        (0, 0, 0),
    ),
    scale=Fraction(1),
    source=f"{_GONZALEZ_WOODS_2008}, section 3.4",
    asks="what is in the middle of the window?",
)

# Gonzalez and Woods 2002, on smoothing: the plain average, older than any book on images.
BOX_BLUR = NamedKernel(
    name="box-blur",
    weights=(
        (1, 1, 1),
        (1, 1, 1),
        (1, 1, 1),
    ),
    scale=Fraction(1, 9),
    source=_GONZALEZ_WOODS_2002,
    asks="how bright is the window on average?",
)

# Gonzalez and Woods 2002, on smoothing: the weighted average. Its rows and columns are the binomial
# numbers 1 2 1, the shortest whole numbers in the shape of a Gaussian bell.
GAUSSIAN = NamedKernel(
    name="gaussian",
    weights=(
        (1, 2, 1),
        (2, 4, 2),
        (1, 2, 1),
    ),
    scale=Fraction(1, 16),
    source=_GONZALEZ_WOODS_2002,
    asks="how bright is the window on average, if the middle counts most?",
)

# Burt and Adelson 1983: their generating kernel, 1/4 − a/2, 1/4, a, 1/4, 1/4 − a/2 in either direction. At
# a = 3/8 these are sixteenths of the binomial numbers 1 4 6 4 1.
GAUSSIAN_5 = NamedKernel(
    name="gaussian-5",
    weights=(
        (1, 4, 6, 4, 1),
        (4, 16, 24, 16, 4),
        (6, 24, 36, 24, 6),
        (4, 16, 24, 16, 4),
        (1, 4, 6, 4, 1),
    ),
    scale=Fraction(1, 256),
    source=_BURT_ADELSON,
    asks="how bright is a wider window on average, if the middle counts most?",
)

# Of no known inventor. Gonzalez, Woods and Eddins 2004 list it as MATLAB's filter for motion, which takes
# nine pixels from left to right unless told otherwise.
MOTION_BLUR = NamedKernel(
    name="motion-blur",
    weights=((1, 1, 1, 1, 1, 1, 1, 1, 1),),
    scale=Fraction(1, 9),
    source=_GONZALEZ_WOODS_EDDINS,
    asks="how bright is this stretch of the row on average, as if the camera had moved along it?",
)

# How does the picture look once something is added to it? These, too, add up to one.

# Gonzalez and Woods 2002, on sharpening: the identity minus the Laplacian.
SHARPEN = NamedKernel(
    name="sharpen",
    weights=(
        (0, -1, 0),
        (-1, 5, -1),
        (0, -1, 0),
    ),
    scale=Fraction(1),
    source=_GONZALEZ_WOODS_2002,
    asks="how bright is the middle once its differences from its four neighbours are added?",
)

# Gonzalez and Woods 2008, on unsharp masking: the image plus its difference from its blur. With Burt and
# Adelson's blur that is twice the identity minus it, 512 − 36 in the middle.
UNSHARP = NamedKernel(
    name="unsharp",
    weights=(
        (-1, -4, -6, -4, -1),
        (-4, -16, -24, -16, -4),
        (-6, -24, 476, -24, -6),
        (-4, -16, -24, -16, -4),
        (-1, -4, -6, -4, -1),
    ),
    scale=Fraction(1, 256),
    source=f"{_GONZALEZ_WOODS_2008}, section 3.6; the blur: {_BURT_ADELSON}",
    asks="how bright is the middle once its difference from the blurred image is added?",
)

# Of no known inventor; Powell prints these weights. They are the identity plus a slope along the diagonal.
EMBOSS = NamedKernel(
    name="emboss",
    weights=(
        (-2, -1, 0),
        (-1, 1, 1),
        (0, 1, 2),
    ),
    scale=Fraction(1),
    source="V. Powell, Image Kernels Explained Visually, setosa.io/ev/image-kernels, 2015; no known inventor",
    asks="how does the image look in relief, lit from the top left?",
)

# Where does brightness rise, and which way? From here on the weights cancel: where nothing changes, the
# answer is zero.

# Sobel and Feldman 1968, never published by them; Duda and Hart 1973, p. 271, credit it in a footnote.
SOBEL_X = NamedKernel(
    name="sobel-x",
    weights=(
        (-1, 0, 1),
        (-2, 0, 2),
        (-1, 0, 1),
    ),
    scale=Fraction(1),
    source=_SOBEL,
    asks="where does brightness rise from left to right?",
)

SOBEL_Y = NamedKernel(
    name="sobel-y",
    weights=(
        (-1, -2, -1),
        (0, 0, 0),
        (1, 2, 1),
    ),
    scale=Fraction(1),
    source=_SOBEL,
    asks="where does brightness rise from top to bottom?",
)

# Gonzalez and Woods 2008, on edges: Sobel's weights moved on by one place around the middle.
SOBEL_DIAGONAL = NamedKernel(
    name="sobel-diagonal",
    weights=(
        (-2, -1, 0),
        (-1, 0, 1),
        (0, 1, 2),
    ),
    scale=Fraction(1),
    source=f"{_GONZALEZ_WOODS_2008}, section 10.2",
    asks="where does brightness rise from the top left to the bottom right?",
)

SOBEL_ANTIDIAGONAL = NamedKernel(
    name="sobel-antidiagonal",
    weights=(
        (0, 1, 2),
        (-1, 0, 1),
        (-2, -1, 0),
    ),
    scale=Fraction(1),
    source=f"{_GONZALEZ_WOODS_2008}, section 10.2",
    asks="where does brightness rise from the bottom left to the top right?",
)

# Prewitt 1970.
PREWITT_X = NamedKernel(
    name="prewitt-x",
    weights=(
        (-1, 0, 1),
        (-1, 0, 1),
        (-1, 0, 1),
    ),
    scale=Fraction(1),
    source=_PREWITT,
    asks="where does brightness rise from left to right, with every row counting the same?",
)

PREWITT_Y = NamedKernel(
    name="prewitt-y",
    weights=(
        (-1, -1, -1),
        (0, 0, 0),
        (1, 1, 1),
    ),
    scale=Fraction(1),
    source=_PREWITT,
    asks="where does brightness rise from top to bottom, with every column counting the same?",
)

# Scharr 2000: 3 10 3 makes the measured direction of an edge depend least on how the edge is turned.
SCHARR_X = NamedKernel(
    name="scharr-x",
    weights=(
        (-3, 0, 3),
        (-10, 0, 10),
        (-3, 0, 3),
    ),
    scale=Fraction(1),
    source=_SCHARR,
    asks="where does brightness rise from left to right, measured so that slanting edges come out right?",
)

SCHARR_Y = NamedKernel(
    name="scharr-y",
    weights=(
        (-3, -10, -3),
        (0, 0, 0),
        (3, 10, 3),
    ),
    scale=Fraction(1),
    source=_SCHARR,
    asks="where does brightness rise from top to bottom, measured so that slanting edges come out right?",
)

# Roberts 1963 squares the two differences, so that their signs do not matter to him; the signs are those of
# Gonzalez and Woods 2008. Each measures a diagonal, the first down to the right, the second down to the left,
# so that both also see edges from left to right and from top to bottom.
ROBERTS_X = NamedKernel(
    name="roberts-x",
    weights=(
        (-1, 0),
        (0, 1),
    ),
    scale=Fraction(1),
    source=_ROBERTS,
    asks="where is the bottom right pixel brighter than the top left one?",
)

ROBERTS_Y = NamedKernel(
    name="roberts-y",
    weights=(
        (0, -1),
        (1, 0),
    ),
    scale=Fraction(1),
    source=_ROBERTS,
    asks="where is the bottom left pixel brighter than the top right one?",
)

# Where does something differ from what is around it? An even rise is not seen.

# Gonzalez and Woods 2008, on lines: one pixel wide, brighter than both its sides.
LINE_X = NamedKernel(
    name="line-x",
    weights=(
        (-1, 2, -1),
        (-1, 2, -1),
        (-1, 2, -1),
    ),
    scale=Fraction(1),
    source=f"{_GONZALEZ_WOODS_2008}, section 10.2",
    asks="where does a bright line run from top to bottom?",
)

LINE_Y = NamedKernel(
    name="line-y",
    weights=(
        (-1, -1, -1),
        (2, 2, 2),
        (-1, -1, -1),
    ),
    scale=Fraction(1),
    source=f"{_GONZALEZ_WOODS_2008}, section 10.2",
    asks="where does a bright line run from left to right?",
)

# Gonzalez and Woods 2002, on sharpening: the second differences down and across, added.
LAPLACIAN = NamedKernel(
    name="laplacian",
    weights=(
        (0, 1, 0),
        (1, -4, 1),
        (0, 1, 0),
    ),
    scale=Fraction(1),
    source=_GONZALEZ_WOODS_2002,
    asks="where are the four neighbours brighter than the middle?",
)

# Marr and Hildreth 1980 have the function. Gonzalez and Woods 2008 print these whole numbers in its shape,
# sign changed, so that the middle is positive.
LAPLACIAN_OF_GAUSSIAN = NamedKernel(
    name="laplacian-of-gaussian",
    weights=(
        (0, 0, -1, 0, 0),
        (0, -1, -2, -1, 0),
        (-1, -2, 16, -2, -1),
        (0, -1, -2, -1, 0),
        (0, 0, -1, 0, 0),
    ),
    scale=Fraction(1),
    source=_MARR_HILDRETH,
    asks="where is the middle brighter than the twelve pixels around it, its four neighbours counting twice?",
)

# Gonzalez and Woods 2002 have it as the Laplacian with diagonals, sign changed; "outline" is a later name.
OUTLINE = NamedKernel(
    name="outline",
    weights=(
        (-1, -1, -1),
        (-1, 8, -1),
        (-1, -1, -1),
    ),
    scale=Fraction(1),
    source=_GONZALEZ_WOODS_2002,
    asks="where is the middle brighter than the eight pixels around it?",
)

KERNELS: Mapping[str, NamedKernel] = MappingProxyType(
    {
        "identity": IDENTITY,
        "box-blur": BOX_BLUR,
        "blur": BOX_BLUR,
        "gaussian": GAUSSIAN,
        "gaussian-5": GAUSSIAN_5,
        "motion-blur": MOTION_BLUR,
        "sharpen": SHARPEN,
        "unsharp": UNSHARP,
        "emboss": EMBOSS,
        "sobel-x": SOBEL_X,
        "sobel-y": SOBEL_Y,
        "sobel-diagonal": SOBEL_DIAGONAL,
        "sobel-antidiagonal": SOBEL_ANTIDIAGONAL,
        "prewitt-x": PREWITT_X,
        "prewitt-y": PREWITT_Y,
        "scharr-x": SCHARR_X,
        "scharr-y": SCHARR_Y,
        "roberts-x": ROBERTS_X,
        "roberts-y": ROBERTS_Y,
        "line-x": LINE_X,
        "line-y": LINE_Y,
        "laplacian": LAPLACIAN,
        "laplacian-of-gaussian": LAPLACIAN_OF_GAUSSIAN,
        "outline": OUTLINE,
    }
)
"""Every kernel by each name an author may write; "blur" is a second name of "box-blur"."""
