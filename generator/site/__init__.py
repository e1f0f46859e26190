"""The site: a course and a theme become pages, pictures and data, and one place writes them.

Pages are a function of the course and the theme: they come out as bytes by path, in memory (`whole_site`).
Only `output` touches the disk, and only when everything has been made. `building` has the order of a build.
"""

from generator.site.address import SiteAddress, site_address
from generator.site.archive import site_archive
from generator.site.artifacts import Wanted
from generator.site.building import BuildPlan, Built, build_site
from generator.site.cache import FolderCache
from generator.site.checking import BUDGETS, check_site, refuse_faults, site_in_folder, site_in_memory, weight
from generator.site.course_warnings import phone_warnings, print_warnings
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
from generator.site.whole_site import DrawingPlan, read_content, site_files

__all__ = [
    "BUDGETS",
    "MARKER",
    "BuildPlan",
    "Built",
    "DrawingPlan",
    "FolderCache",
    "MemoryOutput",
    "Origin",
    "SiteAddress",
    "Wanted",
    "build_site",
    "check_course",
    "check_site",
    "check_targets",
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
