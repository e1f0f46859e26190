"""What has to be right in each page: its outline, ids, addresses, policy, pictures and scenes."""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from posixpath import dirname
from urllib.parse import unquote

from generator.course.dialect.addresses import SAFE_SCHEMES
from generator.course.picture_size import PictureSize
from generator.errors import InvalidValue, Problem, nearest, shortened
from generator.site.checking.built_page import ID_LISTS, BuiltPage, Element, Figure
from generator.site.checking.built_site import BuiltSite
from generator.site.checking.links import Place, home_place
from generator.site.checking.styles import style_faults
from generator.site.checking.survey import AGAIN, Survey

AT_FRAME = re.compile(r"(?P<scene>[a-z0-9-]+)=(?P<frame>[0-9]{1,9})")
"""The fragment by which the script opens a scene at a frame."""
ABSOLUTE_META = {"og:image", "og:url", "twitter:image"}

DIRECTIVES = {
    "script": "script-src",
    "img": "img-src",
    "source": "img-src",
    "image": "img-src",
    "input": "img-src",
    "video": "media-src",
    "audio": "media-src",
    "iframe": "frame-src",
    "object": "object-src",
    "embed": "object-src",
    "base": "base-uri",
}
"""The part of a Content-Security-Policy that rules what an element loads."""
LINK_DIRECTIVES = {"stylesheet": "style-src", "icon": "img-src", "manifest": "manifest-src"}

NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def _outline(survey: Survey, page: BuiltPage) -> Iterator[Problem]:
    """Yield what a page lacks by which readers, and their tools, find their way."""
    titles = [element.text.strip() for element in page.tagged("title")]
    wrong = {
        "the page has no title": not any(titles[:1]),
        "the page does not say its language": not any(each.named("lang") for each in page.tagged("html")),
        f"the page has {len(page.tagged('h1'))} h1 headings, where one is meant": len(page.tagged("h1")) != 1,
        f"the page has {len(page.tagged('main'))} main elements, where one is meant": (
            len(page.tagged("main")) != 1
        ),
    }
    for fact, is_so in wrong.items():
        if is_so:
            yield survey.site.problem(page.path, 0, fact, "Correct the theme's template.")


def _ids(survey: Survey, page: BuiltPage) -> Iterator[Problem]:
    """Yield ids that stand twice, and references to ids that do not stand at all."""
    seen: set[str] = set()
    for element in page.elements:
        name = element.named("id")
        if name and name in seen:
            fact = f'the id "{name}" stands in line {page.ids[name]} already'
            yield survey.site.problem(page.path, element.line, fact, "Rename one of the two.")
        seen.add(name)
        for attribute in ID_LISTS:
            for asked in element.named(attribute).split():
                if asked not in page.ids:
                    fact = f'{attribute} names the id "{asked}", which the page does not have'
                    yield survey.site.problem(page.path, element.line, fact, _meant(asked, page.ids))


def _addresses(survey: Survey, page: BuiltPage) -> Iterator[Problem]:
    """Yield addresses that lead nowhere, and those by which a page would load something from elsewhere."""
    for element in page.elements:
        for address in element.addresses():
            try:
                place = survey.place(page, address)
                if place is None:
                    _check_outward(element, address)
                else:
                    _check_fragment(survey, page, place)
            except InvalidValue as fault:
                yield survey.site.problem(page.path, element.line, fault.message, fault.hint)


def _check_outward(element: Element, address: str) -> None:
    scheme = address.partition(":")[0].lower()
    if element.leads and scheme not in SAFE_SCHEMES:
        fact = f'"{shortened(address)}" is no address to which a page may lead'
        raise InvalidValue(fact, "Link to https, mailto or a file of the site.")
    if not element.leads and scheme != "data":
        fact = f'the page loads "{shortened(address)}" from elsewhere'
        raise InvalidValue(fact, "Put the file into the site.")


def _check_fragment(survey: Survey, page: BuiltPage, place: Place) -> None:
    fragment = place.fragment
    if not fragment or fragment == "top" or place.path not in survey.pages:
        return
    target = survey.pages[place.path]
    if fragment in target.ids:
        return
    at_frame = AT_FRAME.fullmatch(fragment)
    where = "this page" if target is page else target.path
    if at_frame and at_frame["scene"] in target.figures:
        frames = target.figures[at_frame["scene"]].frames
        if not 1 <= int(at_frame["frame"]) <= frames:
            fact = f'"#{fragment}" asks for frame {at_frame["frame"]}'
            raise InvalidValue(fact, f"The scene has frames 1 to {frames}.")
    elif at_frame:
        fact = f'"#{fragment}" asks for a scene that {where} does not have'
        raise InvalidValue(fact, _meant(at_frame["scene"], target.figures))
    elif unquote(fragment) not in target.ids:
        fact = f'"#{shortened(fragment)}" leads to no place in {where}'
        raise InvalidValue(fact, _meant(unquote(fragment), target.ids))


def _policy(survey: Survey, page: BuiltPage) -> Iterator[Problem]:
    """Yield what stands in a page although its own policy refuses it."""
    if page.policy is None:
        fact = "the page has no Content-Security-Policy"
        yield survey.site.problem(page.path, 0, fact, "Correct the theme's template.")
        return
    for element in page.elements:
        for fault in _refused(element, page.policy):
            yield survey.site.problem(page.path, element.line, fault.message, fault.hint)
    for source in sorted(source for sources in page.policy.values() for source in sources):
        if source.startswith("'unsafe-"):
            fact = f"the page's policy allows {source}"
            yield survey.site.problem(page.path, 0, fact, "Name what is meant by its hash.")


def _refused(element: Element, policy: Mapping[str, frozenset[str]]) -> Iterator[InvalidValue]:
    for name in element.attributes:
        if name == "style":
            yield InvalidValue("the page's policy refuses style attributes", "Write a class.")
        elif name.startswith("on"):
            fact = f"the page's policy refuses the attribute {name}"
            yield InvalidValue(fact, "Listen for it in the script.")
    if element.tag == "style" or element.is_program:
        directive = "style-src" if element.tag == "style" else "script-src"
        named = f"'sha256-{b64encode(sha256(element.text.encode()).digest()).decode()}'"
        if named not in _allowed(policy, directive):
            fact = f"the page's policy refuses this <{element.tag}>"
            yield InvalidValue(fact, f"Name it as {named} in {directive}, or put it into a file.")
    if not element.leads:
        directive = _directive(element)
        for address in element.addresses():
            needed = "data:" if address.lower().startswith("data:") else "'self'"
            if needed not in _allowed(policy, directive):
                fact = f'the page\'s policy refuses "{shortened(address)}"'
                yield InvalidValue(fact, f"Add {needed} to {directive}.")


def _directive(element: Element) -> str:
    if element.tag != "link":
        return DIRECTIVES.get(element.tag, "default-src")
    ruled = [LINK_DIRECTIVES[each] for each in LINK_DIRECTIVES if each in element.relations]
    return ruled[0] if ruled else "default-src"


def _allowed(policy: Mapping[str, frozenset[str]], directive: str) -> frozenset[str]:
    return policy.get(directive, policy.get("default-src", frozenset({"'self'", "data:"})))


def _styles(survey: Survey, page: BuiltPage) -> Iterator[Problem]:
    """Yield addresses in the page's own styles that lead nowhere or elsewhere."""
    for element in page.tagged("style"):
        yield from style_faults(survey.site, page.path, element.line, element.text)


def _shown_pictures(survey: Survey, page: BuiltPage) -> Iterator[Problem]:
    """Yield pictures without a text in their place or without the room that they will take."""
    for element in page.tagged("img"):
        for fault in _picture_faults(survey, page, element):
            yield survey.site.problem(page.path, element.line, fault.message, fault.hint)


def _picture_faults(survey: Survey, page: BuiltPage, element: Element) -> Iterator[InvalidValue]:
    source = shortened(element.named("src"))
    if "alt" not in element.attributes:
        yield InvalidValue(f'the picture "{source}" has no alt', "Describe it; write an empty alt for decor.")
    size = _size_behind(survey, page, element)
    sized = f"{size.width}×{size.height}" if size else ""
    declared = [element.named(name) for name in ("width", "height")]
    if not all(map(NUMBER.fullmatch, declared)):
        hint = f"Declare the size of the file, {sized}." if size else "Declare both."
        yield InvalidValue(f'the picture "{source}" has no width and height, so that the page jumps', hint)
    elif size and not _in_proportion(size, int(declared[0]), int(declared[1])):
        fact = f'the picture "{source}" is declared as {"×".join(declared)}, but its file is {sized}'
        yield InvalidValue(fact, "Declare the size of the file.")


def _size_behind(survey: Survey, page: BuiltPage, element: Element) -> PictureSize | None:
    try:
        place = survey.place(page, element.named("src"))
    except InvalidValue:  # told with the addresses
        return None
    return survey.pictures.get(place.path) if place else None


def _in_proportion(size: PictureSize, width: int, height: int) -> bool:
    """Tell whether a declared size is the picture's, enlarged or shrunk and then rounded to whole pixels."""
    turned = [PictureSize(size.height, size.width)] if size.turnable else []
    return any(
        2 * abs(width * each.height - height * each.width) <= each.width + each.height
        for each in [size, *turned]
    )


def _figures(survey: Survey, page: BuiltPage) -> Iterator[Problem]:
    """Yield scenes whose data is missing, cannot be read, or has another number of frames than the page."""
    for name, figure in page.figures.items():
        path = f"{dirname(page.path)}/{name}/frames.json".lstrip("/")
        if path not in survey.site.sizes:
            fact = f'the scene "{name}" has no {name}/frames.json'
            yield survey.site.problem(page.path, figure.line, fact, AGAIN)
        else:
            yield from _data_problems(survey.site, path, figure)


def _data_problems(site: BuiltSite, path: str, figure: Figure) -> Iterator[Problem]:
    try:
        frames = len(json.loads(site.read(path))["frames"])
    except (ValueError, LookupError, TypeError, RecursionError):
        yield site.problem(path, 0, "the data of the scene cannot be read", AGAIN)
        return
    if frames != figure.frames:
        fact = f"the data has {frames} frames, the slider in the page {figure.frames}"
        yield site.problem(path, 0, fact, AGAIN)


def _home_addresses(survey: Survey, page: BuiltPage) -> Iterator[Problem]:
    """Yield absolute addresses by which others find the site and would find nothing."""
    for element in page.elements:
        said = {element.named("property"), element.named("name")} & ABSOLUTE_META
        if not (element.is_canonical or said):
            continue
        address = element.named("href" if element.is_canonical else "content")
        try:
            place = home_place(survey.site, address, survey.home)
            if place.path != page.path and (element.is_canonical or "og:url" in said):
                fact = f'"{shortened(address)}" is said to be this page, but leads to {place.path}'
                raise InvalidValue(fact, "Correct the theme's template.")
        except InvalidValue as fault:
            yield survey.site.problem(page.path, element.line, fault.message, fault.hint)


def _meant(received: str, known: Mapping[str, object]) -> str:
    near = nearest(received, known)
    return f'Did you mean "{near}"?' if near else "Correct it, or leave it out."


PAGE_RULES: tuple[Callable[[Survey, BuiltPage], Iterator[Problem]], ...] = (
    _outline,
    _ids,
    _addresses,
    _policy,
    _styles,
    _shown_pictures,
    _figures,
    _home_addresses,
)
"""Each yields what one page breaks of it."""
