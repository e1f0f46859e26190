"""What a pupil could write to do harm, and every place in which text can stand."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from random import Random

from PIL import Image

STX, ETX = "\x02", "\x03"
AMP = f"{STX}amp{ETX}"
EVIL = "https://evil.test/x"

ADDRESSES = (
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "javascript&colon;alert(1)"),
    *("&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "&#0000106avascript:alert(1)"),
    *("java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", "java\tscript:alert(1)"),
    *("&#1;javascript:alert(1)", "&#14;javascript:alert(1)", "\u2028javascript:alert(1)"),
    *(
        "\ufeffjavascript:alert(1)",
        "\u00adjavascript:alert(1)",
        "javascript\\:alert(1)",
        "%6aavascript:alert(1)",
    ),
    *(f"{AMP}#106;avascript:alert(1)", f"{AMP}#47;{AMP}#47;evil.test/x", f"{STX}106{ETX}avascript:alert(1)"),
    *(
        f"{STX}klzzwxh:0000{ETX}",
        f"{STX}wzxhzdk:0{ETX}",
        "\x00javascript:alert(1)",
        "\x0bjavascript:alert(1)",
    ),
    *("data:text/html,<script>alert(1)</script>", "data:image/svg+xml,<svg onload=alert(1)>", "vbscript:x"),
    *("//evil.test/x", "&#47;&#47;evil.test/x", "/&#x2f;evil.test/x", "\\\\evil.test/x", "/\\evil.test/x"),
    *("/evil", "https:evil.test/x", "https:///evil.test/x", "file:///etc/passwd", "blob:x", "about:blank"),
    *(
        'https://x.test/"onmouseover=alert(1)//',
        "https://x.test/'onclick='alert(1)",
        "https://x.test/><script>",
    ),
    *('mailto:a@b.c?body="onclick=alert(1)//', '#"onclick=alert(1)//', 'chapter:1#"onclick=alert(1)//'),
    *(
        'images/a.png"onerror=alert(1)//',
        "images/a.png onerror=alert(1)",
        "images/../images/a.png?javascript:",
    ),
    *(
        "images/a.png#javascript:alert(1)",
        "../../../etc/passwd",
        "images/%2e%2e/a.png",
        "http://evil.test/a.png",
    ),
    *(
        "https://evil.test\\@x.test/",
        "https://[::1",
        "https://x.test/`a`",
        "https://x.test/$a$",
        "{edge.frames}",
    ),
    *(
        "tel:1",
        "ftp://x.test",
        "ws://x.test",
        "view-source:x",
        "intent:x",
        "x-apple:y",
        "jar:x",
        "filesystem:x",
    ),
)
ELEMENTS = (
    *("<script>alert(1)</script>", f"<script src={EVIL}></script>", "<img src=x onerror=alert(1)>"),
    *("<svg/onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<math><mtext onclick=alert(1)>x"),
    *("<body onload=alert(1)>", f"<iframe src={EVIL}>", "<iframe srcdoc='<script>alert(1)</script>'>"),
    *(f"<link rel=stylesheet href={EVIL}>", f"<style>@import '{EVIL}'</style>", f"<base href={EVIL}>"),
    *(
        f"<meta http-equiv=refresh content='0;url={EVIL}'>",
        f"<form action={EVIL}><input autofocus onfocus=alert(1)>",
    ),
    *("<details open ontoggle=alert(1)>", "<a href=javascript:alert(1)>x</a>", f"<video poster={EVIL}>"),
    *(
        "</p></div></main><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        f"<object data={EVIL}>",
    ),
    *(
        "</script><script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "<!--><img src=x onerror=alert(1)>-->",
    ),
    *(
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "<?x <img src=x onerror=alert(1)>?>",
        "<!doctype x [<!ENTITY a>]>",
    ),
    *(
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<p style=background:url(//evil.test)>",
    ),
    *("<math><mglyph><style><img src=x onerror=alert(1)>", "<svg><style><img src=x onerror=alert(1)>"),
    *(
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<img src=x\nonerror=alert(1)>",
        "<img/src=x/onerror=alert(1)>",
    ),
    *(
        "<x onclick=alert(1)>y</x>",
        "<p onclick=alert(1)>y",
        "<\x00script>alert(1)</script>",
        "<img src=`x`onerror=alert(1)>",
    ),
    *(
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;img src=x onerror=alert(1)&#62;",
        "&amp;lt;script&amp;gt;",
    ),
    *(
        f"{AMP}lt;script{AMP}gt;alert(1)",
        f"{STX}60{ETX}script{STX}62{ETX}alert(1)",
        "\\<script>alert(1)\\</script>",
    ),
)
QUOTES = (
    *(
        '" onload=alert(1) x="',
        "' onload=alert(1) x='",
        '"><script>alert(1)</script>',
        "'><img src=x onerror=alert(1)>",
    ),
    *(
        "&quot; onload=alert(1) x=&quot;",
        "&#34; onload=alert(1) x=&#34;",
        '\\" onload=alert(1) x=\\"',
        "` onload=alert(1) x=`",
    ),
    *(
        "$\\eqref{/onload=alert(1)//}$",
        '$\\eqref{" onload="alert(1)}$',
        "$\\label{x}$",
        "$\\mathrm{x}$",
        '$"onload=alert(1)$',
    ),
    *(
        '`"onload=alert(1)//`',
        '``"onload=alert(1)//``',
        '**"onload=alert(1)**',
        '{edge.input.size} "onload=alert(1)//',
    ),
    *(
        '[x](https://x.test "a")" onload=alert(1)',
        '{: onclick="alert(1)" }',
        "{#x onclick=alert(1)}",
        "{onclick=alert(1)}",
    ),
    *(
        f"{STX}34{ETX} onload=alert(1) x={STX}34{ETX}",
        f"{AMP}quot; onload=alert(1)//",
        f"{STX}wzxhzdk:0{ETX}",
        '\u2028"onload=alert(1)',
    ),
)
FORMULAS = (
    *(
        "\\text{<img src=x onerror=alert(1)>}",
        "\\text{&lt;script&gt;alert(1)}",
        "\\href{javascript:alert(1)}{x}",
    ),
    *(
        "\\eqref{/onload=alert(1)//}",
        '\\eqref{x" onclick="alert(1)}',
        "\\ref{javascript:alert(1)}",
        "\\color{red;x:y}{a}",
    ),
    *(
        '\\begin{equation}a\\label{x" onclick="alert(1)}\\end{equation}',
        "\\begin{equation}a\\label{main}\\end{equation}",
    ),
    *(
        "\\begin{equation}a\\tag{<img src=x onerror=alert(1)>}\\end{equation}",
        "\\style{color:red}{x}",
        "\\class{x}{y}",
    ),
    *(
        "\\mathrm{<script>alert(1)</script>}",
        '\\operatorname{a" onclick="alert(1)}',
        '\\text{ style="x" onclick="y"}',
    ),
    *(
        "\\url{javascript:alert(1)}",
        "\\includegraphics{//evil.test}",
        "\\unicode{x6a}",
        "\\text{$<b>$}",
        "<script>alert(1)</script>",
    ),
    *(
        "{edge[peak].sum}</math><script>alert(1)</script>",
        '\\genfrac"onclick=alert(1)',
        '\\hspace{1em" onclick="alert(1)}',
    ),
    *(
        '\\rule{1em}{1em" onclick="alert(1)}',
        "\\cssId{x}{y}",
        "\\htmlClass{x}{y}",
        "\\bbox[red]{x}",
        "\\require{x}",
    ),
)
MARKDOWN = (
    *(
        "[x][r]\n\n[r]: javascript:alert(1)",
        "![x][r]\n\n[r]: //evil.test/x",
        "<javascript:alert(1)>",
        f"<{EVIL}>",
    ),
    *(
        '<https://x.test/"onclick=alert(1)//>',
        '<a@b.c"onclick=alert(1)>',
        "[x](javascript:alert(1)",
        "[x]( javascript:alert(1) )",
    ),
    *(
        '[x](<javascript:alert(1)> "t")',
        "[x](<https://x.test/> 'a' onclick=alert(1))",
        '![x](images/a.png "a" onload=alert(1))',
    ),
    *(
        "[![x](//evil.test/a)](javascript:alert(1))",
        "[x]\n\n[x]: data:text/html,x",
        "[x](java\nscript:alert(1))",
    ),
    *(
        "```html onload=alert(1)\n<script>alert(1)</script>\n```",
        '```"><script>alert(1)</script>\nx\n```',
        "~~~ <img>\nx\n~~~",
    ),
    *(
        "```python\n</code></pre><script>alert(1)</script>\n```",
        "``<script>alert(1)</script>``",
        "    <script>alert(1)</script>",
    ),
    *(
        '> [!NOTE"onload=alert(1)]\n> x',
        "> [!NOTE]<script>alert(1)</script>",
        '| <script> | "onload=x |\n|---|:-:|\n| a | b |',
    ),
    *(
        '| a |\n|:-" onclick="x-:|\n| b |',
        "## x {#main onclick=alert(1)}",
        '## " onclick="alert(1)',
        "<!-- x --><script>alert(1)</script>",
    ),
    *(
        "<!-- --!><script>alert(1)</script> -->",
        "<!-- `-->` <script>alert(1)</script>",
        '1" onclick="x. a',
        "*[x]: <script>",
    ),
)
PAYLOADS = tuple(dict.fromkeys((*ADDRESSES, *ELEMENTS, *QUOTES, *FORMULAS, *MARKDOWN)))
COATS = ("{}", "a {} b", "*{}*", "**a** {}", "`a` {}")
"""What a payload may be wrapped in."""


@dataclass(frozen=True)
class Place:
    """Where text can stand: a chapter's body, or files that replace those of a course."""

    name: str
    body: Callable[[str], str] | None = None
    files: Callable[[str], Mapping[str, str | bytes]] | None = None


def text_in(frame: str) -> Callable[[str], str]:
    """Return what puts a payload into a frame of Markdown."""
    return lambda payload: frame.replace("@", payload)


def quoted(frame: str) -> Callable[[str], str]:
    """Return what puts a payload into a frame as text of TOML."""
    return lambda payload: frame.replace("@", json.dumps(payload))


def scene(key: str) -> Callable[[str], str]:
    """Return a scene with the payload under a key."""
    given = {"id": '"edge"', "caption": '"a"', "alt": '"b"', "image": "[[1, 2]]", "kernel": "[[1]]", key: "@"}
    lines = "\n".join(f"{name} = {value}" for name, value in given.items())
    return quoted(f"```scene\n{lines}\n```\n")


def course_with(old: str) -> Callable[[str], Mapping[str, str | bytes]]:
    """Return what puts a payload in place of a text of the course."""
    return lambda payload: {"course.toml": COURSE.replace(f'"{old}"', json.dumps(payload))}


PNG = BytesIO()
Image.new("L", (3, 2)).save(PNG, "PNG")
HEAD = '+++\ntitle = "Edges"\n+++\n'
COURSE = (
    'title = "A"\nsummary = "B"\nlanguage = "en"\n'
    '[[parts]]\ntitle = "C"\nchapters = ["01-edges", { planned = "D" }]\n'
)
EDGE = '```scene\nid = "edge"\nimage = [[1, 2]]\nkernel = [[1]]\n```\n'
COMPARE = (
    '```scene\nid = "edge"\nkind = "compare"\nimage = [[1]]\n[[sides]]\ntitle = "a"\nkernel = [[1]]\n'
    "[[sides]]\ntitle = @\nkernel = [[2]]\n```\n"
)
CHAPTER = "chapters/01-edges.md"

PLACES = (
    *(
        Place(name, text_in(frame))
        for name, frame in {
            "paragraph": "@",
            "item": "- @\n- b",
            "quotation": "> @",
            "aside": "> [!NOTE]\n> @",
            "heading": "## @",
            "cell": "| a | @ |\n|---|---|\n| @ | b |",
            "words of a link": "[@](https://x.test)",
            "address of a link": "[x](@)",
            "address in brackets": "[x](<@>)",
            "title of a link": '[x](https://x.test "@")',
            "alternative text": "![@](images/a.png)",
            "address of a picture": "![x](@)",
            "title of a picture": "![x](images/a.png '@')",
            "address with a name": "[x][r] ![y][r]\n\n[r]: @",
            "title with a name": '[x][r] ![y][s]\n\n[r]: https://x.test "@"\n[s]: images/a.png (@)',
            "name of an address": "[x][@]\n\n[@]: https://x.test",
            "automatic link": "<@>",
            "code": "`@` ``@``",
            "language": "```@\nx\n```",
            "block of code": "```html\n@\n```",
            "formula": "a $@$ b",
            "displayed formula": "$$@$$",
            "comment": "a <!-- @ --> b",
        }.items()
    ),
    Place("beat", text_in(f"{EDGE}\n[frame first] @ {{sum}}")),
    Place("caption", scene("caption")),
    Place("description", scene("alt")),
    Place("id", scene("id")),
    Place("kernel", scene("kernel")),
    Place("side", quoted(COMPARE)),
    Place(
        "caption of a figure",
        quoted(f'{EDGE}\n```figure\nshows = "positions"\nscene = "edge"\ncaption = @\n```'),
    ),
    Place("caption of a listing", quoted('```listing\nfile = "code/a.py"\ncaption = @\n```')),
    Place("file of a listing", quoted("```listing\nfile = @\n```")),
    Place(
        "listing",
        None,
        lambda text: {CHAPTER: f'{HEAD}```listing\nfile = "code/b.py"\n```', "code/b.py": text},
    ),
    Place("title", None, lambda text: {CHAPTER: f"+++\ntitle = {json.dumps(text)}\n+++\nx"}),
    Place("summary", None, lambda text: {CHAPTER: f'+++\ntitle = "a"\nsummary = {json.dumps(text)}\n+++\nx'}),
    *(Place(f"course, {old}", None, course_with(old)) for old in ("A", "B", "C", "D", "en", "01-edges")),
    Place("course, as a comment", None, lambda text: {"course.toml": f"{COURSE}\n# {text}"}),
)


@dataclass(frozen=True)
class Case:
    """A payload in a place."""

    place: Place
    payload: str

    @property
    def files(self) -> dict[str, str | bytes]:
        """Return the files of a course with the payload in its place."""
        own = self.place.files(self.payload) if self.place.files else {CHAPTER: HEAD + self.text}
        return {
            "course.toml": COURSE,
            CHAPTER: HEAD,
            "code/a.py": "x = 1\n",
            "images/a.png": PNG.getvalue(),
            **own,
        }

    @property
    def text(self) -> str:
        """Return a chapter's body with the payload in it, "" where it stands elsewhere."""
        return self.place.body(self.payload) if self.place.body else ""


FITTING = (
    (ADDRESSES, ("address of a link", "address in brackets", "address of a picture", "address with a name")),
    (ADDRESSES, ("automatic link", "name of an address", "file of a listing")),
    (
        QUOTES,
        ("title of a link", "alternative text", "title of a picture", "title with a name", "description"),
    ),
    (QUOTES, ("caption", "heading", "language", "side", "title", "course, A", "words of a link")),
    (FORMULAS, ("formula", "displayed formula")),
    (
        ELEMENTS,
        ("paragraph", "item", "quotation", "cell", "code", "block of code", "comment", "beat", "listing"),
    ),
    (MARKDOWN, ("paragraph", "item", "aside", "beat")),
)
"""Payloads with the places for which they are meant."""
REPORTED = (
    ("address with a name", f"{AMP}#106;avascript:alert(1)"),
    ("address with a name", f"{AMP}#47;{AMP}#47;evil.test/x"),
    ("title of a picture", "$\\eqref{/onload=alert(1)//}$"),
    ("alternative text", "$\\mathrm{x}$"),
)
"""What did harm once."""


def some_cases(count: int) -> list[Case]:
    """Return about so many cases, the same each time: every payload where it fits, then whatever comes."""
    named = {place.name: place for place in PLACES}
    fitting = [
        Case(named[names[n % len(names)]], payload)
        for payloads, names in FITTING
        for n, payload in enumerate(payloads)
    ]
    chance = Random(count)  # noqa: S311 - no secret
    others = [
        Case(chance.choice(PLACES), chance.choice(COATS).replace("{}", chance.choice(PAYLOADS)))
        for _ in range(count - len(fitting) - len(REPORTED))
    ]
    return [*(Case(named[name], payload) for name, payload in REPORTED), *fitting, *others]


def grouped(cases: list[Case], size: int) -> Iterator[list[Case]]:
    """Yield the cases in groups of so many."""
    yield from (cases[at : at + size] for at in range(0, len(cases), size))
