"""The script that phones load does what the theme's does, and says it in fewer letters."""

import pytest

from generator.site.script import compact
from tests.browser import NewPage


@pytest.mark.parametrize(
    ("script", "left"),
    [
        ("// alone\nlet a = 1;\n", "let a=1;\n"),
        ("/**\n * What it does.\n */\nlet a = 1; // why\n", "let a=1;\n"),
        (
            'let a = "// no  comment";\n\n  let b = "/* nor this */";\n',
            'let a="// no  comment";let b="/* nor this */";\n',
        ),
        ("let a = /[/]  \\/ x/g ;\n", "let a=/[/]  \\/ x/g;\n"),
        ("let a = b /* c */ / d // e\nlet f", "let a=b/d\nlet f\n"),
        ("return /* a\n */ b;", "return\nb;\n"),
        ("let a = `b  ${ c + `d  ${ e }` } // f`;", "let a=`b  ${c+`d  ${e}`} // f`;\n"),
        (
            "const LONG = 1, A = 2;\nf(a.LONG, [...LONG], LONG ? LONG : 0, `LONG ${LONG}`, 'LONG', /LONG/);",
            "const B=1,A=2;f(a.LONG,[...B],B?B:0,`LONG ${B}`,'LONG',/LONG/);\n",
        ),
        (
            "const KEY = 1, LONG = 2;\nf({ KEY });g({ a, LONG: 2 });",
            "const KEY=1,LONG=2;f({KEY});g({a,LONG:2});\n",
        ),
        ("a + ++b - -c / /d/.e < !--f; 1 .g; h in i;", "a+ ++b- -c/ /d/.e< !--f;1 .g;h in i;\n"),
    ],
)
def test_comments_and_spare_space_stay_at_home(script: str, left: str) -> None:
    """Text, patterns, keys and ends of lines are left alone; what would run together is kept apart."""
    assert compact(script) == left


@pytest.mark.browser
def test_a_compact_script_means_the_same(new_page: NewPage) -> None:
    """Every way to write two signs or words apart gives in the browser what it gave before."""
    script = """(() => {
      const [a, b, d, g, of] = [7, 2, 3, 1, { in: 5 }];
      const words = `${ [a + +b, a - -b, a + ++of.in, a / /./g.lastIndex] }`; // a comment
      const more = a < !--of.in || 1 .toString() + /\\/ [/ ]/.source;
      const lines = a
      ;[words, more].forEach((each) => each)
      return [words, more, lines, typeof a, "in" in { in: 1 }, (() => { return /* no
        value */ a })()].join(" | ");
    })()"""
    page = new_page().page
    assert page.evaluate(compact(script)) == page.evaluate(script)
