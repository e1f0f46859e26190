"""The size explorer: every size that it can be asked for, counted by walking."""

from itertools import product

import pytest

from generator.scenes.sizes import CHOICES, MOST, looked_up, sizes_of, table


def walked(image: int, kernel: int, padding: int, stride: int, dilation: int) -> tuple[int, int, int]:
    """Return the padded rows, the span and the places, each counted."""
    padded = len([0] * padding + [1] * image + [0] * padding)
    span = len({*range(0, dilation * kernel - dilation + 1)})
    places, start = 0, 0
    while start + span <= padded:
        places += 1
        start += stride
    return padded, span, places


@pytest.mark.parametrize("image", CHOICES[0].values)
def test_every_size_is_the_one_that_is_counted(image: int) -> None:
    """As it is computed, and as the page looks it up: each choice is an index."""
    others, all_found = [choice.values for choice in CHOICES[1:]], looked_up()
    for chosen in product(*others):
        counted = walked(image, *chosen)
        assert sizes_of(image, *chosen) == counted
        found = all_found
        for index in (image, *chosen):
            found = found[index]
        assert found == " ".join(map(str, counted))


def test_the_table_has_the_same_numbers() -> None:
    rows = list(table())
    assert len(rows) == 180
    for chosen, outputs in rows:
        assert outputs == tuple(walked(image, *chosen)[2] for image in CHOICES[0].values)


def test_the_picture_has_room_for_every_choice() -> None:
    """A square for each row of the largest padded image, and a line for each place."""
    largest = max(max(sizes_of(*chosen)) for chosen in product(*(choice.values for choice in CHOICES)))
    assert largest == MOST
