"""Pens: what writes marks as SVG, as pixels, or as PDF. None decides where anything stands."""
