"""Panels: each a picture of a reel, such as its input, its sum or a feature map, as marks."""
