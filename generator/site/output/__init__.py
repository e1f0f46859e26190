"""Where a site is written: the one place that changes anything on disk.

Pages and pictures are handed over as bytes under a path relative to the site. A folder is made whole beside
its target (`unfinished`), takes its place in one step (`swap`, `exchange`), and holds a list of what was put
into it (`listing`). Only what such a list names is ever deleted; whatever else lies in a site stays there
(`contents`). The site that was replaced is kept, to become the next one (`spare`). What a killed build
left is put right by the next one (`leftovers`). What an author begins, a chapter or a course, is written
where nothing is yet (`authored`).
"""

from generator.site.output.authored import begin_files
from generator.site.output.files import forget, is_older, mark_used, trim, usable_folder, write_file
from generator.site.output.leftovers import put_right
from generator.site.output.listing import MARKER, DigestedFiles, Listing, Origin, digest_of, listing_in
from generator.site.output.memory import MemoryOutput, Output
from generator.site.output.seen import SeenFiles
from generator.site.output.swap import Writer, Zip, write_directory, write_with_archive
from generator.site.output.targets import check_course, check_targets

__all__ = [
    "MARKER",
    "DigestedFiles",
    "Listing",
    "MemoryOutput",
    "Origin",
    "Output",
    "SeenFiles",
    "Writer",
    "Zip",
    "begin_files",
    "check_course",
    "check_targets",
    "digest_of",
    "forget",
    "is_older",
    "listing_in",
    "mark_used",
    "put_right",
    "trim",
    "usable_folder",
    "write_directory",
    "write_file",
    "write_with_archive",
]
