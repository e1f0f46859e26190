"""Networks that chapters train: each is trained once, then kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.site.cache import Cache
from generator.site.program import digest, program

if TYPE_CHECKING:
    from generator.arithmetic import Floats, Labels, Network, Training
    from generator.scenes import Trainer

NAME = "network"


def trainer(kept: Cache) -> Trainer:
    """Return what trains a network, or finds it where it is kept."""

    def train(images: Floats, labels: Labels, classes: int, training: Training) -> Network:
        from generator.arithmetic import Network, trained  # noqa: PLC0415 - late, for most chapters train none

        told = repr((images.shape, classes, training)).encode()
        key = digest(b"trained", images.tobytes(), labels.tobytes(), told, program())
        packed = kept.files(key, lambda: [(NAME, trained(images, labels, classes, training).packed())])
        return Network.unpacked(packed[NAME])

    return train
