"""What the package offers by name."""

import subprocess
import sys

import pytest

import gazetteer
import geoevents
import maps


@pytest.mark.parametrize("package", [gazetteer, geoevents, maps])
def test_every_public_name_is_listed_and_is_there(package):
    """For completion at a prompt, before any of them was used."""
    assert set(package.__all__) <= set(dir(package))
    assert all(hasattr(package, name) for name in package.__all__)


def test_listing_the_names_loads_none_of_them():
    """The command line starts at once."""
    code = "import geoevents, sys; dir(geoevents); sys.exit('geopandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
