"""The site: a course and a theme become pages, pictures and data, and one place writes them.

Pages are a function of the course and the theme: they come out as bytes by path, in memory. Only
`output` touches the disk, and only when everything has been made.
"""

from generator.site.address import SiteAddress, site_address
from generator.site.archive import site_archive
from generator.site.build import draw_ahead, phone_warnings, print_warnings, read_content, site_files
from generator.site.cache import FolderCache
from generator.site.checking import BUDGETS, check_site, refuse_faults, site_in_folder, site_in_memory, weight
from generator.site.output import (
    MARKER,
    MemoryOutput,
    Origin,
    check_course,
    check_targets,
    put_right,
    write_directory,
    write_with_archive,
)
from generator.site.theme import read_theme

__all__ = [
    "BUDGETS",
    "MARKER",
    "FolderCache",
    "MemoryOutput",
    "Origin",
    "SiteAddress",
    "check_course",
    "check_site",
    "check_targets",
    "draw_ahead",
    "phone_warnings",
    "print_warnings",
    "put_right",
    "read_content",
    "read_theme",
    "refuse_faults",
    "site_address",
    "site_archive",
    "site_files",
    "site_in_folder",
    "site_in_memory",
    "weight",
    "write_directory",
    "write_with_archive",
]
