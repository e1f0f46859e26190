"""A built site is checked as readers, servers and disks will take it: links, pictures, names, budgets.

Nothing here knows how the site was made. It is read from its files alone, so that a mistake anywhere in the
making of a page, in a theme's template too, is found in what readers get.
"""

from generator.site.checking.budgets import BUDGETS, weight
from generator.site.checking.built_site import BuiltSite, site_in_folder, site_in_memory
from generator.site.checking.check import broken_pages, broken_site, check_site, refuse_faults
from generator.site.checking.survey import Survey

__all__ = [
    "BUDGETS",
    "BuiltSite",
    "Survey",
    "broken_pages",
    "broken_site",
    "check_site",
    "refuse_faults",
    "site_in_folder",
    "site_in_memory",
    "weight",
]
