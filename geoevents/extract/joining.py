"""Which words that a text writes apart are parts of one word?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.text.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Span
    from geoevents.extract.morphology import Morphology


def join_words(text: str, tokens: Sequence[Token], morphology: Morphology) -> list[Token]:
    r"""Join the parts of words.

    Parameters
    ----------
    text
        The text.
    tokens
        Its words as :func:`gazetteer.text.tokens.tokenize` parts them.
    morphology
        Inflection of the text's language, which knows the sign that joins, and the particles that
        belong to the next word or to the one before, though a blank stands between.

    Returns
    -------
    list of Token
        In text order; a joined word is compared as if nothing parted it.

    Examples
    --------
    >>> from gazetteer.text.tokens import tokenize
    >>> from geoevents.extract.morphology import load_morphology
    >>> text = "حمله\u200cها را محکوم می کنند"
    >>> [t.folded for t in join_words(text, tokenize(text), load_morphology("fa"))]
    ['حملهها', 'را', 'محكوم', 'ميكنند']
    """
    if not morphology.joined.sign:
        return list(tokens)
    found: list[Token] = []
    for token in tokens:
        if found and _belongs(text, found[-1], token, morphology):
            before = found.pop()
            surface = text[before.start : token.end]
            found.append(Token(before.start, token.end, surface, before.folded + token.folded))
        else:
            found.append(token)
    return found


def is_within(text: str, span: Span, morphology: Morphology) -> bool:
    """Return whether a span begins within a word, behind the sign that joins its parts."""
    return bool(morphology.joined.sign) and text.endswith(morphology.joined.sign, 0, span.start)


def _belongs(text: str, before: Token, token: Token, morphology: Morphology) -> bool:
    """Return whether a word goes on: behind the sign, or behind or with a particle and a blank."""
    between, joined = text[before.end : token.start], morphology.joined
    if between == joined.sign:
        return True
    return between == " " and (before.folded in joined.before or token.folded in joined.after)
