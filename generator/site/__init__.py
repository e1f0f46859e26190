"""The site: a course and a theme become pages, pictures and data, and one place writes them.

What is made of a chapter is a function of the chapter, the theme and the program: it is made once, kept
(`cache`, `making`), and found again for as long as nothing that decides it changes. Only `output` changes the
site on disk, and only when everything has been made. `building` has the order of a build.

The door opens late: to check a site, or to build one in which a text has changed, little of all this is
loaded.
"""

from typing import TYPE_CHECKING

from generator.doors import opened_late

if TYPE_CHECKING:
    from generator.site.address import SiteAddress, site_address
    from generator.site.artifact_kinds import Wanted
    from generator.site.building import BuildPlan, Built, Share, build_site, made_site, make_share
    from generator.site.cache import FolderCache
    from generator.site.checking import (
        BUDGETS,
        check_site,
        refuse_faults,
        site_in_folder,
        site_in_memory,
        weight,
    )
    from generator.site.output import (
        MARKER,
        MemoryOutput,
        Origin,
        check_course,
        check_targets,
        put_right,
        write_directory,
        write_file,
        write_with_archive,
    )
    from generator.site.theme import read_theme
    from generator.site.whole_course import read_content

__all__ = [
    "BUDGETS",
    "MARKER",
    "BuildPlan",
    "Built",
    "FolderCache",
    "MemoryOutput",
    "Origin",
    "Share",
    "SiteAddress",
    "Wanted",
    "build_site",
    "check_course",
    "check_site",
    "check_targets",
    "made_site",
    "make_share",
    "put_right",
    "read_content",
    "read_theme",
    "refuse_faults",
    "site_address",
    "site_in_folder",
    "site_in_memory",
    "weight",
    "write_directory",
    "write_file",
    "write_with_archive",
]

_NAMES = {
    "generator.site.address": "SiteAddress site_address",
    "generator.site.artifact_kinds": "Wanted",
    "generator.site.building": "BuildPlan Built Share build_site made_site make_share",
    "generator.site.cache": "FolderCache",
    "generator.site.checking": "BUDGETS check_site refuse_faults site_in_folder site_in_memory weight",
    "generator.site.output": "MARKER MemoryOutput Origin check_course check_targets put_right write_directory"
    " write_file write_with_archive",
    "generator.site.theme": "read_theme",
    "generator.site.whole_course": "read_content",
}
"""What each module has for this door."""

if not TYPE_CHECKING:
    __getattr__ = opened_late(__name__, _NAMES)
