"""What has to be right in a style, in a file of its own or in a page."""

from collections.abc import Iterator

from generator.errors import InvalidValue, Problem, shortened
from generator.site.checking.built_site import BuiltSite
from generator.site.checking.links import place_of, style_addresses


def style_faults(site: BuiltSite, path: str, first: int, text: str) -> Iterator[Problem]:
    """Yield addresses in a style that lead nowhere or elsewhere; it begins in the `first` line of a file."""
    for address, line in style_addresses(text):
        try:
            outward = place_of(site, path, address) is None
        except InvalidValue as fault:
            yield site.problem(path, first + line - 1, fault.message, fault.hint)
            continue
        if outward and not address.lower().startswith("data:"):
            fact = f'the style loads "{shortened(address)}" from elsewhere'
            yield site.problem(path, first + line - 1, fact, "Put the file into the site.")
