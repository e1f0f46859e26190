"""Film: the frames of a reel one after another, as a strip, or moving."""
