"""The same input gives the same bytes in every run, in whatever order sets come."""

import json
import os
import subprocess
import sys

# Hundreds of places sound like each of these, and many of them equally.
SOUNDING = {
    "ar": ("أكوبو", "العظيم", "إثيوبيين", "دامبوا", "العمانية"),
    "fa": ("کولاب", "موسیان"),
    "he": ("סאפאגה", "קיאסו"),
    "ru": ("Уткиагвик",),
}


def test_the_order_of_sets_decides_nothing():
    """Hashes of strings differ from run to run; what is found, and its score, do not."""
    names = [{"name": name, "lang": lang} for lang, of in SOUNDING.items() for name in of]
    written = {
        subprocess.run(
            [sys.executable, "-m", "geoevents", "gazetteer", "search", "--batch", "-"],
            input="".join(json.dumps(line) + "\n" for line in names),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout
        for seed in ("1", "2", "14")
    }
    assert len(written) == 1
    assert written.pop().count("\n") == len(names)
