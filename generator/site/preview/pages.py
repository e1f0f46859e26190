"""What the server puts into a page on its way out, and the page that stands in for one that is not built yet.

The files on disk stay as they were built.
"""

import re

from markupsafe import Markup

PREFIX = "_preview"
"""The folder of what belongs to the preview. Chapters begin with a number, so that no page lies in it."""
EVENTS, SCRIPT, STYLE = "events", "preview.js", "preview.css"
POLICY = re.compile(
    rb"""(<meta\s[^>]*http-equiv=["']?Content-Security-Policy["']?[^>]*\scontent=")([^"]*)(")""",
    re.IGNORECASE,
)
HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
ALLOWED = ("connect-src", "script-src", "style-src")
"""The directives under which the preview's script, its style sheet and its events fall."""
OWN_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"


def with_preview(page: bytes, version: str) -> bytes:
    """Return a page of the site with the preview's script, which its policy allows, told its version."""
    page = POLICY.sub(
        lambda found: found[1] + _allowing(found[2].decode()).encode() + found[3], page, count=1
    )
    tag = _script(version).encode()
    end = HEAD_END.search(page)
    return page[: end.start()] + tag + page[end.start() :] if end else tag + page


def waiting_page(panel: str) -> bytes:
    """Return the page that is served until there is a site; its script shows the panel."""
    return (
        Markup(
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n'
            '<link rel="stylesheet" href="/{prefix}/{style}">\n{script}</head>\n<body class="waiting">\n'
            "<main>\n<h1>{title}</h1>\n<p>The course appears here as soon as it is built.</p>\n</main>\n"
            "<noscript>{panel}</noscript>\n</body>\n</html>\n"
        )
        .format(
            policy=Markup(OWN_POLICY),  # noqa: S704 - our own words
            title="Not built yet" if panel else "Being built",
            prefix=PREFIX,
            style=STYLE,
            script=_script(""),
            panel=Markup(panel),  # noqa: S704 - escaped where it was made
        )
        .encode()
    )


def _script(version: str) -> Markup:
    return Markup('<script src="/{}/{}" data-version="{}"></script>\n').format(PREFIX, SCRIPT, version)


def _allowing(policy: str) -> str:
    """Return a policy under which this very host may be asked for what the preview needs.

    >>> _allowing("default-src 'none'; script-src 'none'; style-src 'sha256-x'")
    "default-src 'none'; script-src 'self'; style-src 'sha256-x' 'self'; connect-src 'self'"
    """
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        name, *sources = directive.split()
        directives[name.lower()] = sources
    for name in ALLOWED:
        allowed = directives.get(name, directives.get("default-src"))
        if allowed is not None and "'self'" not in allowed:
            directives[name] = [*(source for source in allowed if source != "'none'"), "'self'"]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())
