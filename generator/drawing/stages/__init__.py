"""Stages: for each kind of scene which panels show it, and how film and paper arrange them."""
