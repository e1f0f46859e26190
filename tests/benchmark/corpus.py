"""Chapters of any number to build: made text of a lesson's shape, the same from run to run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from textwrap import dedent

SEED = "a grid of numbers"
NOUNS = (
    *("kernel", "window", "image", "pixel", "weight", "edge", "row", "column", "map", "answer", "product"),
    *("sum", "border", "stride", "picture", "number", "channel", "filter", "blur", "gradient", "corner"),
    *("step", "neighbour", "layer", "photograph", "camera", "square", "lesson", "reader", "mean", "sign"),
)
VERBS = (
    *("meets", "covers", "multiplies", "answers", "passes", "follows", "smooths", "marks", "weighs", "keeps"),
    *("finds", "leaves", "shows", "shifts", "reaches", "compares", "explains", "changes", "counts", "cuts"),
)
ADJECTIVES = (
    *("bright", "dark", "small", "wide", "single", "flat", "steep", "negative", "quiet", "whole", "padded"),
    *("central", "next", "first", "lower", "upper", "sharp", "plain", "grey", "signed", "local", "even"),
)
JOINTS = ("and then", "because", "so that", "although", "while", "wherever", "as soon as", "unless")
CODE = '''
    def {verb}_{noun}({image}, {kernel}, start={start}):
        """Return the {adjective} {noun} of an image, row by row."""
        height, width = len({image}), len({image}[0])
        answers = []
        for row in range(start, height - len({kernel}) + 1):
            line = []
            for column in range(width - len({kernel}[0]) + 1):
                total = {bias}  # what every sum begins with
                for down, weights in enumerate({kernel}):
                    for across, weight in enumerate(weights):
                        total += weight * {image}[row + down][column + across]
                line.append(total)
            answers.append(line)
        return answers


    print({verb}_{noun}([[{numbers}]], [[1, -1]], start=0))
'''
SCENE = """
    ```scene
    id = "slide"
    image = [
    {rows}
    ]
    kernel = "sobel-x"
    caption = "Sobel meets {input.height} rows and makes {output.width} columns of them."
    ```

    [frame first] The window is in its first place, where {products} adds up to {sum}.

    [frame row 3] Halfway down, the answers of a row are {sums}.

    [frame last] The last window sums to **{sum}**, and the map is whole.
"""
BEFORE = "](before)"
"""How the text's link to the chapter before ends, until somebody's own address stands there."""


@dataclass(frozen=True)
class Page:
    """A chapter, as Markdown whose first heading is of level 2."""

    number: int
    name: str
    title: str
    body: str
    before: "Page | None" = None

    def linked(self, address: str) -> str:
        """Return the body with an address, in which `{name}` and `{number}` stand for the chapter before."""
        if not self.before:
            return self.body
        return self.body.replace(BEFORE, f"]({address.format(**vars(self.before))})")

    def told_more(self, count: int) -> "Page":
        """Return the page with so many further sentences at its end, far from its scene."""
        more = "".join(f" {added_sentence(number)}" for number in range(1, count + 1))
        return replace(self, body=f"{self.body.rstrip()}{more}\n")


def added_sentence(number: int) -> str:
    """Return what an author adds to a chapter."""
    return f"Somebody added this as sentence number {number}."


def corpus(count: int, *, scenes: bool) -> list[Page]:
    """Return so many chapters; each is the same whatever their number, and with scenes has one more part."""
    pages: list[Page] = []
    for number in range(1, count + 1):
        page = _page(number, scenes)
        # One page remembers one other, not all of those before it.
        pages.append(replace(page, before=replace(pages[-1], before=None) if pages else None))
    return pages


def _page(number: int, scenes: bool) -> Page:
    chance = Random(f"{SEED} {number}")  # noqa: S311 - the same text every time is what is wanted
    noun, adjective = chance.choice(NOUNS), chance.choice(ADJECTIVES)
    scene = _scene(number) if scenes else None
    body = "\n\n".join(_text(chance, scene, first=number == 1)) + "\n"
    return Page(number, f"{number:04}-the-{adjective}-{noun}", f"The {adjective} {noun}", body)


def _text(chance: Random, scene: str | None, *, first: bool) -> Iterator[str]:
    """Yield blocks of about a thousand words: headings of two levels, paragraphs, a list, and code."""
    link = "" if first else f" More of it stands in [the chapter before{BEFORE}."
    yield _paragraph(chance, 4) + link
    for number in range(4):
        yield f"## {_heading(chance)}"
        yield _paragraph(chance, 4)
        if number == 1:
            yield _listing(chance)
            yield _paragraph(chance, 4)
        elif number == 2:
            yield "\n".join(f"- {_sentence(chance)}" for _ in range(5))
        yield f"### {_heading(chance)}"
        yield _paragraph(chance, 4)
        yield _paragraph(chance, 4)
        if number == 1 and scene:  # the heading that comes next ends what is told of it
            yield scene


def _heading(chance: Random) -> str:
    return f"How a {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)} {chance.choice(VERBS)}"


def _paragraph(chance: Random, sentences: int) -> str:
    return " ".join(_sentence(chance) for _ in range(sentences))


def _sentence(chance: Random) -> str:
    """Return a sentence of 8 to 18 words, some of them in bold, in italics, or as code."""
    noun = chance.choice(NOUNS)
    mark = chance.choice(("", "", "", "", "*", "**", "`"))
    halves = [
        f"{mark}{noun}{mark} {chance.choice(VERBS)} the {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)}",
        f"a {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)} {chance.choice(VERBS)} {chance.choice(NOUNS)}",
    ]
    ending = f" of every {chance.choice(NOUNS)}" if chance.random() < 0.5 else ""
    return f"The {halves[0]} {chance.choice(JOINTS)} {halves[1]}{ending}."


def _listing(chance: Random) -> str:
    code = dedent(CODE).strip()
    names = {
        "verb": chance.choice(VERBS),
        "noun": chance.choice(NOUNS),
        "adjective": chance.choice(ADJECTIVES),
        "image": chance.choice(("image", "picture", "grid", "pixels")),
        "kernel": chance.choice(("kernel", "weights_of", "filter_of")),
        "start": chance.randrange(3),
        "bias": chance.randrange(-9, 10),
        "numbers": ", ".join(str(chance.randrange(256)) for _ in range(8)),
    }
    return f"```python\n{code.format(**names)}\n```"


def _scene(number: int) -> str:
    """Return a scene of 25 frames whose image no other chapter has, so that nothing is drawn for two."""
    chance = Random(f"{SEED} scene {number}")  # noqa: S311 - as above
    rows = ("    " + str([chance.randrange(10) for _ in range(7)]) + "," for _ in range(7))
    return dedent(SCENE).strip().replace("{rows}", "\n".join(rows))


def course_toml(pages: Sequence[Page]) -> str:
    """Return the list of a course, with twenty chapters in each part."""
    parts = (
        f'\n[[parts]]\ntitle = "Part {first // 20 + 1}"\nchapters = [\n'
        + "".join(f'    "{page.name}",\n' for page in pages[first : first + 20])
        + "]\n"
        for first in range(0, len(pages), 20)
    )
    return 'title = "A course"\nsummary = "Made to be timed."\n' + "".join(parts)
