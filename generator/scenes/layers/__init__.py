"""Layers: what is laid on an image and makes maps of it. Scenes have one, and stacks one on another."""
