"""Making: every part of a site is made once, kept under a key that says all that decides it, and found again.

`order` says with what everything is made; `chapter` makes what one chapter gives to the site, `pages` the
pages around that, `workers` lets processes share the work. Nothing here writes into the site.
"""
