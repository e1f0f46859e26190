"""A picture is a list of rows, and a row is a list of numbers."""

PICTURE = [
    [0, 0, 0, 0, 0],
    [255, 255, 255, 128, 0],
    [255, 255, 128, 0, 255],
    [255, 255, 0, 255, 255],
    [255, 255, 0, 255, 255],
]


def pixel(row, column):
    """Return the number at a row and a column as people count them, from 1."""
    return PICTURE[row - 1][column - 1]


if __name__ == "__main__":
    height, width = len(PICTURE), len(PICTURE[0])
    print(f"{height} rows, {width} columns, {height * width} numbers")
    print(pixel(2, 4))
