"""A live preview: a site on loopback that is built anew when its author saves, and pages that follow.

The main thread builds (`keeping`), and hears of what was changed from one that watches (`watching`). What
came of it stands on a `board`, which the `server` reads out to open pages as a stream of events. The pages
are those of the built site, with a script put into them on their way out (`pages`): it reloads them where
the reader is, and shows what is wrong (`problems`). A generator that was changed itself must be started
anew (`code`).
"""

from generator.site.preview.keeping import board_for, keep_built, preview_folder
from generator.site.preview.server import PreviewServer, opened_server

__all__ = ["PreviewServer", "board_for", "keep_built", "opened_server", "preview_folder"]
