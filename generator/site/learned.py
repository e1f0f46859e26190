"""Networks that chapters train: each is trained once, then kept."""

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
        packed = kept.files(key, lambda: [(NAME, trained(images, labels, classes, training).packed())])
        return Network.unpacked(packed[NAME])

    return train
