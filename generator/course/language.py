"""The tag by which a page says in which language it is: BCP 47, in the form of RFC 5646, section 2.1."""

import re
from collections.abc import Mapping

from generator.errors import InvalidValue, nearest

TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
CODES = (
    "bhiniwjijwmo"  # of old, and still valid
    "aaabaeafakamanarasavayazbabebgbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteufafffifjfofrfy"
    "gagdglgngugvhahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknkokrkskukvkwkylalblglilnlo"
    "ltlulvmgmhmimkmlmnmrmsmtmynanbndnengnlnnnonrnvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgshsisk"
    "slsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyugukuruzvevivowawoxhyiyozazhzu"
)
TWO_LETTERS = frozenset(re.findall("..", CODES))
"""All languages with a code of two letters (ISO 639-1); the thousands of three letters are not listed."""
NAMES: Mapping[str, str] = {
    **{"arabic": "ar", "chinese": "zh", "deutsch": "de", "dutch": "nl", "english": "en", "español": "es"},
    **{"français": "fr", "french": "fr", "german": "de", "hebrew": "he", "hindi": "hi", "italian": "it"},
    **{
        "italiano": "it",
        "japanese": "ja",
        "korean": "ko",
        "nederlands": "nl",
        "polish": "pl",
        "polski": "pl",
    },
    **{"portuguese": "pt", "português": "pt", "russian": "ru", "spanish": "es", "turkish": "tr"},
}
"""What an author may write in place of a code."""


def check_language(tag: str) -> None:
    """Refuse what names no language.

    >>> check_language("pt-BR"), check_language("zh-Hans-CN"), check_language("de-CH-1996")
    (None, None, None)

    Raises:
        InvalidValue: it has not the form of a tag, or its two letters are those of no language.

    """
    form = TAG.fullmatch(tag)
    first = form["language"].lower() if form else ""
    if form and (len(first) != 2 or first in TWO_LETTERS) and not _repeats(tag):
        return
    name = NAMES.get(nearest(tag, NAMES), "")
    if "_" in tag and TAG.fullmatch(tag.replace("_", "-")) and tag[:2].lower() in TWO_LETTERS:
        name = tag.replace("_", "-")
    hint = f'Write "{name}".' if name else 'Write its code, as in "en", "pt-BR" or "zh-Hans".'
    raise InvalidValue(f'"{tag}" is the code of no language', hint, "language")


def _repeats(tag: str) -> bool:
    """Tell whether a tag says something twice: a variant, or what begins an extension.

    >>> _repeats("de-1996-1996"), _repeats("en-a-bbb-b-bbb"), _repeats("en-x-a-a")
    (True, False, False)
    """
    parts = re.split(r"-x(?=-)", tag.lower())[0].split("-")
    singles = [part for part in parts if len(part) == 1]
    before = parts[1 : parts.index(singles[0])] if singles else parts[1:]
    variants = [part for part in before if len(part) > 4 or (len(part) == 4 and part[0].isdigit())]
    return len(set(singles)) < len(singles) or len(set(variants)) < len(variants)
