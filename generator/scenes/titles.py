"""Names that authors write, as readers meet them."""

PROPER = ("Gaussian", "Laplacian", "Prewitt", "Roberts", "Scharr", "Sobel")
"""After people, with a capital letter."""


def readable(name: str) -> str:
    """Return a name, or several, in words.

    >>> readable("box-blur"), readable("laplacian-of-gaussian"), readable("sobel-x, step-down")
    ('box blur', 'Laplacian of Gaussian', 'Sobel x, step down')
    """
    words = name.replace("-", " ")
    for proper in PROPER:
        words = words.replace(proper.lower(), proper)
    return words
