"""What the package offers by name."""

import subprocess
import sys

import pytest

import gazetteer
import geoevents
import maps
from geoevents.errors import WrongTypeError


@pytest.mark.parametrize("package", [gazetteer, geoevents, maps])
def test_every_public_name_is_listed_and_is_there(package):
    """For completion at a prompt, before any of them was used."""
    assert set(package.__all__) <= set(dir(package))
    assert all(hasattr(package, name) for name in package.__all__)


def test_listing_the_names_loads_none_of_them():
    """The command line starts at once."""
    code = "import geoevents, sys; dir(geoevents); sys.exit('geopandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


ARTICLE = geoevents.Article("A plane flew from Baku to Tbilisi.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("A plane flew to Baku.", None), "an Article and was given str: write Article(text)."),
        (([ARTICLE], None), "an Article and was given list: give one article at a time."),
        ((None, None), "an Article and was given NoneType: give one article at a time."),
        ((geoevents.Article("In Baku.", published="2020-09-30"), None),
         ("a date as article.published and was given str: "
          "write date.fromisoformat('2020-09-30').")),
        ((ARTICLE, "w.index"), "a Gazetteer and was given str: open one with Gazetteer.open()."),
        ((ARTICLE, gazetteer.Gazetteer),
         "a Gazetteer and was given type: open one with Gazetteer.open()."),
    ],
)  # fmt: skip
def test_find_events_says_what_it_needs(arguments, said):
    """A TypeError of one sentence."""
    with pytest.raises(TypeError) as error:
        geoevents.find_events(*arguments)
    assert isinstance(error.value, WrongTypeError)
    assert str(error.value) == f"find_events needs {said}"


@pytest.mark.parametrize("table", [geoevents.event_table, geoevents.places_table])
@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        (geoevents.Document(ARTICLE), "was given Document: put the only one into a list."),
        ([ARTICLE], "was given Article: find its events first."),
        ("text", "was given str: find its events first."),
        (None, "was given NoneType: give a list of them."),
    ],
)
def test_tables_say_what_they_need(table, given, remedy):
    """A TypeError of one sentence, whatever is given."""
    with pytest.raises(TypeError) as error:
        table(given)
    needed = "documents, as find_events returns them, and"
    assert str(error.value) == f"{table.__name__} needs {needed} {remedy}"
