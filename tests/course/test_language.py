"""A course's language is a tag of BCP 47."""

import pytest

from generator.course.language import check_language
from generator.errors import InvalidValue


@pytest.mark.parametrize(
    "tag",
    [
        *("en", "de-CH-1996", "pt-BR", "zh-Hans-CN", "es-419", "gsw", "zh-cmn-Hans", "sl-rozaj-biske-1994"),
        *("iw", "ar-u-nu-latn", "en-a-bbb-x-a-ccc", "hy-Latn-IT-arevela", "DE"),
    ],
)
def test_a_tag_is_taken(tag: str) -> None:
    """With script, region, variants and extensions, in capitals or not."""
    check_language(tag)


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("deutsch!", 'Write "de".'),
        ("English", 'Write "en".'),
        ("de_DE", 'Write "de-DE".'),
        *(
            (tag, 'Write its code, as in "en", "pt-BR" or "zh-Hans".')
            for tag in ("", "xx", "e", "en-", "-en")
        ),
        *(
            (tag, 'Write its code, as in "en", "pt-BR" or "zh-Hans".')
            for tag in ("eſt", "\u212ao", "de-1996-1996")
        ),
        ("en-a-bbb-a-ccc", 'Write its code, as in "en", "pt-BR" or "zh-Hans".'),
    ],
)
def test_what_is_no_tag_is_refused(tag: str, hint: str) -> None:
    """Words, unknown letters, other alphabets, and what is said twice; with the way out."""
    with pytest.raises(InvalidValue, match=r"is the code of no language") as raised:
        check_language(tag)
    assert raised.value.hint == hint
