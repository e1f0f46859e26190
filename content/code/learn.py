"""Let a kernel learn to make the map that Sobel makes, one small step after another."""

DARK, BRIGHT = 1, 9
IMAGE = [[DARK] * 3 + [BRIGHT] * 4 for row in range(7)]
WANTED = [[0, 32, 32, 0, 0] for row in range(5)]
RATE = 0.001
STEPS = 320


def correlate(image, kernel):
    """Slide a kernel over an image and return the map, as in chapter 5."""
    size = len(image) - len(kernel) + 1
    result = [[0] * size for row in range(size)]
    for row in range(size):
        for column in range(size):
            for i in range(len(kernel)):
                for j in range(len(kernel)):
                    result[row][column] += image[row + i][column + j] * kernel[i][j]
    return result


kernel = [[1, 0, -1], [0, 2, 0], [-1, 1, 0]]

for _ in range(STEPS):
    made = correlate(IMAGE, kernel)
    error = [[made[row][column] - WANTED[row][column] for column in range(5)] for row in range(5)]
    pull = correlate(IMAGE, error)  # the error slides over the image
    for i in range(3):
        for j in range(3):
            kernel[i][j] -= RATE * 2 * pull[i][j] / 25

for row in kernel:
    print([round(weight, 2) for weight in row])
