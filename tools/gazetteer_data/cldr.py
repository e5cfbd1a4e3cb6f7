"""What does Unicode CLDR call a territory or a subdivision, in which language?"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET  # the files come out of a package checked by its SHA-256

from tools.gazetteer_data.model import Name
from tools.gazetteer_data.names import WANTED

if TYPE_CHECKING:
    from pathlib import Path

_PARENTHESIS: Final = re.compile(r"^(?P<outer>[^()（）]+?) ?[(（](?P<inner>[^()（）]+)[)）]$")
#: "UK", "DRC": read as written, in capitals.
_CODE: Final = re.compile("[A-Z]{2,4}")
#: "Île-de-France²": a mark left over from the source of CLDR's list.
_FOOTNOTE: Final = re.compile("[¹²³]+$|↑↑↑")
#: Folder names of cldr-localenames-full that differ from the tag we use.
_FOLDERS: Final = {"zh": "zh-Hans", "az": "az", "ku": "ku"}


def territory_names(folder: Path) -> dict[str, list[Name]]:
    """Return the names of territories by ISO 3166-1 alpha-2 code, main form first per language.

    "Myanmar (Burma)" gives "Myanmar" and, as a short name, "Burma".
    """
    names: dict[str, list[Name]] = defaultdict(list)
    for lang in WANTED["cldr_territories"]:
        path = folder / "package" / "main" / _FOLDERS.get(lang, lang) / "territories.json"
        tree: dict[str, Any] = json.loads(path.read_text("utf-8"))
        (locale,) = tree["main"].values()
        for key, text in locale["localeDisplayNames"]["territories"].items():
            code, _, variant = key.partition("-alt-")
            if re.fullmatch("[A-Z]{2}", code) and text != code and variant != "biot":
                kind = "code" if _CODE.fullmatch(text) else "short" if variant else "official"
                names[code] += _split(text, lang, kind)
    return names


def _split(text: str, lang: str, kind: str) -> list[Name]:
    found = _PARENTHESIS.match(text)
    if found is None:
        return [Name(text, lang, kind)]
    return [Name(found["outer"], lang, kind), Name(found["inner"], lang, "short")]


def subdivision_names(folder: Path) -> dict[str, list[Name]]:
    """Return the names of subdivisions by ISO 3166-2 code ("AZ-BA")."""
    names: dict[str, list[Name]] = defaultdict(list)
    for lang in WANTED["cldr_subdivisions"]:
        path = folder / "usr/share/unicode/cldr/common/subdivisions" / f"{lang}.xml"
        for element in ET.parse(path).iter("subdivision"):  # noqa: S314 - from a checked package
            key, text = element.get("type", ""), element.text or ""
            code = f"{key[:2]}-{key[2:]}".upper()
            kind = "short" if element.get("alt") else "official"
            names[code].append(Name(_FOOTNOTE.sub("", text), lang, kind))
    return names


def containment(folder: Path) -> dict[str, list[str]]:
    """Return the subdivisions that hold others, with their members, as ISO 3166-2 codes."""
    path = folder / "package" / "supplemental" / "subdivisionContainment.json"
    table = json.loads(path.read_text("utf-8"))["supplemental"]["subdivisionContainment"]
    return {
        f"{key[:2]}-{key[2:]}".upper(): [f"{m[:2]}-{m[2:]}".upper() for m in row["_contains"]]
        for key, row in table.items()
        if len(key) > 2
    }
