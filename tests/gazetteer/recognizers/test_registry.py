"""Recognisers are found by their entry points, and what is missing is told in one sentence."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import invalidate_caches
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from gazetteer.errors import (
    LibraryMissingError,
    NotARecognizerError,
    UnknownRecognizerError,
)
from gazetteer.recognizers import FoundName, Recognizer, installed_recognizers, load_recognizer
from gazetteer.recognizers.registry import GROUP

_PYPROJECT = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))
_OURS = _PYPROJECT["project"]["entry-points"][GROUP]


@pytest.fixture
def another_package(tmp_path, monkeypatch):
    """Install a package that brings recognisers, as pip would lay it."""
    (tmp_path / "towns_of_mine.py").write_text(
        "from gazetteer.recognizers import FoundName\n"
        "class Towns:\n"
        "    def __init__(self, model): self.model = model\n"
        "    def find(self, text, lang):\n"
        "        at = text.find(self.model)\n"
        "        return [FoundName(at, at + len(self.model))] if at >= 0 else []\n"
        "def load(model=None): return Towns(model or 'Baku')\n"
        "def load_nothing(model=None): return 7\n"
    )
    (tmp_path / "needs_more.py").write_text("import a_library_that_nobody_has\n")
    metadata = tmp_path / "towns_of_mine-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: towns-of-mine\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        f"[{GROUP}]\ntowns = towns_of_mine:load\nseven = towns_of_mine:load_nothing\n"
        "more = needs_more:load\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    invalidate_caches()
    load_recognizer.cache_clear()
    yield
    load_recognizer.cache_clear()
    for module in ("towns_of_mine", "needs_more"):
        sys.modules.pop(module, None)


@pytest.mark.usefixtures("another_package")
def test_another_package_brings_one(gazetteer):
    """Its entry point is listed, loaded with the model that is named, and used by name."""
    assert {"towns", "seven", "more"} <= set(installed_recognizers())
    recognizer = load_recognizer("towns:Gori")
    assert isinstance(recognizer, Recognizer)
    assert recognizer.find("Off to Gori", "en") == [FoundName(7, 11)]
    assert load_recognizer("towns:Gori") is recognizer
    found = gazetteer.geoparse("Off to Baku", recognizer="towns", recognition="instead")
    assert [r.place.name for r in found] == ["Baku"]


@pytest.mark.usefixtures("another_package")
def test_one_that_cannot_be_used():
    """What is no recogniser, and what lacks its library, is told by name."""
    with pytest.raises(NotARecognizerError, match="'seven' is no recognizer"):
        load_recognizer("seven")
    with pytest.raises(LibraryMissingError, match="a_library_that_nobody_has"):
        load_recognizer("more")


@pytest.mark.usefixtures("another_package")
def test_an_unknown_one_is_told_with_the_known():
    """The error names what is installed."""
    with pytest.raises(
        UnknownRecognizerError, match=r"no recognizer 'stanza': installed are .*towns"
    ):
        load_recognizer("stanza:en")


@pytest.mark.parametrize("name", sorted(_OURS))
def test_ours_are_registered(name):
    """Each entry point of this package names a function, whose library is imported when called."""
    load = EntryPoint(name, _OURS[name], GROUP).load()
    assert callable(load)
    assert name in _PYPROJECT["project"]["optional-dependencies"]


@pytest.mark.parametrize(
    ("name", "module"),
    [("spacy", "spacy"), ("transformers", "torch"), ("natasha", "slovnet")],
)
def test_a_missing_library_is_told_with_its_extra(name, module, monkeypatch):
    """Without the library the error says what to install."""
    monkeypatch.setitem(sys.modules, module, None)
    load = EntryPoint(name, _OURS[name], GROUP).load()
    with pytest.raises(LibraryMissingError, match=rf"pip install 'geoevents\[{name}\]'"):
        load("model")


def test_nothing_heavy_is_imported(environment):
    """The package and its adapters import no model library by themselves."""
    code = (
        "import sys, gazetteer.recognizers\n"
        "from gazetteer.recognizers import natasha_models, spacy_models, transformers_models\n"
        "print(sorted({'spacy', 'torch', 'transformers', 'slovnet', 'natasha'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert done.stdout.strip() == "[]"
