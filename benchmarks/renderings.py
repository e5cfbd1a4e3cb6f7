"""How often does a rendering of a name in another language agree with a name that a source has?

``python -m benchmarks.renderings`` renders the names of settlements by
``data/languages/renderings.toml`` and prints, for each pair of languages, of how many settlements
that have a name in both one of the renderings is a name in the other.
"""

from __future__ import annotations

from collections import defaultdict

from gazetteer.index.draft import embedded_draft
from gazetteer.index.layout import CODE
from gazetteer.index.renderings import renderings
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.text.normalize import fold

AT_HOME = frozenset({"UA", "RU", "BY"})


def main() -> None:
    """Print a line for each pair of languages, within the three countries and abroad."""
    draft = embedded_draft()
    places, names = draft.places, draft.names
    named: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for i, row in enumerate(names.place):
        if places.kind[row] in SETTLEMENT_KINDS and names.kind[i] != CODE:
            named[row][names.lang[i]].append(names.text[i])
    counted: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    for row, own in named.items():
        country = places.country[row]
        where = country if country in AT_HOME else "abroad"
        for source in ("ru", "uk"):
            rendered: dict[str, set[str]] = defaultdict(set)
            for name in own.get(source, ()):
                for target, text in renderings(name, source, country):
                    rendered[target].add(fold(text))
            for target, texts in rendered.items():
                if own.get(target):
                    met = not texts.isdisjoint(map(fold, own[target]))
                    counted[source, target, where].append(met)
    for pair, all_met in sorted(counted.items()):
        print(*pair, len(all_met), f"{sum(all_met) / len(all_met):.3f}")


if __name__ == "__main__":
    main()
