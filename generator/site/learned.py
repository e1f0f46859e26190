"""Networks that chapters train: each is trained once, then kept."""

from io import BytesIO

import numpy as np

from generator.arithmetic import Floats, Labels, Network, Training, trained
from generator.scenes import Trainer
from generator.site.cache import Cache
from generator.site.program import digest, program

NAME = "network"


def trainer(kept: Cache) -> Trainer:
    """Return what trains a network, or finds it where it is kept."""

    def train(images: Floats, labels: Labels, classes: int, training: Training) -> Network:
        told = repr((images.shape, classes, training)).encode()
        key = digest(b"trained", images.tobytes(), labels.tobytes(), told, program())
        packed = kept.files(key, lambda: [(NAME, _packed(trained(images, labels, classes, training)))])
        return _unpacked(packed[NAME])

    return train


def _packed(network: Network) -> bytes:
    data = BytesIO()
    np.savez(data, **vars(network))
    return data.getvalue()


def _unpacked(data: bytes) -> Network:
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return Network(**arrays)
