"""The gallery's maps are made by the commands that stand above them."""

import json
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GALLERY = ROOT / "docs" / "gallery.md"

if not GALLERY.exists():
    pytest.skip("the documentation is not part of this installation", allow_module_level=True)

COMMANDS = re.findall(r"^\$ geoevents (map .*)$", GALLERY.read_text("utf-8"), re.MULTILINE)
PICTURES = re.findall(r"^!\[.+\]\((.+)\)$", GALLERY.read_text("utf-8"), re.MULTILINE)


def test_every_picture_has_its_command():
    """Eight maps, each under the command that writes it."""
    written = [shlex.split(command)[-1] for command in COMMANDS]
    assert written == [f"docs/{picture}" for picture in PICTURES]
    assert len(written) == 8
    assert all((ROOT / name).exists() for name in written)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_gallery_makes_its_map(run, here, carried, command):
    """As a page, which needs no browser; with events on it."""
    *words, _, picture = shlex.split(command)
    page = f"{Path(picture).stem}.html"
    words = [str(ROOT / word) if word.startswith("data/") else word for word in words]
    assert run(*words, "-o", page).code == 0
    assert json.loads(carried(here / page)[1])["events"]["n"] > 4
