"""The figures agree with another scorer's to three decimals on the same files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geoevents.evaluate import Convention, FileOutlines, Pair, evaluate, read_pairs

_BENCH = os.environ.get("GEOEVENTS_BENCH")
BENCH = Path(_BENCH or ".") / "bench"

pytestmark = pytest.mark.skipif(not _BENCH, reason="GEOEVENTS_BENCH names no benchmark folder")

NAMES = {
    "acc161": "acc161_all",
    "acc161_answered": "acc161_answered",
    "acc161_or_area": "acc_area_all",
    "acc161_or_box": "acc161_or_bbox",
    "acc20": "acc20_all",
    "mean_km": "mean_km",
    "median_km": "median_km",
    "auc": "auc_all",
    "auc_answered": "auc_answered",
    "e2e_recall161": "e2e_recall161",
    "e2e_recall_area": "e2e_recall_area",
    "e2e_precision161": "e2e_precision161",
}
CONVENTIONS = {
    "": Convention(),
    "--forms null": Convention(forms=frozenset({"null"})),
    "--flat --words": Convention(flat=True, words=True),
    "--geocoded-only": Convention(geocoded_only=True),
}
FILES = [
    ("lgl.jsonl", "peers/camcoder/lgl.jsonl"),
    ("lgl.jsonl", "peers/yahoo/lgl.jsonl"),
    ("geovirus.jsonl", "peers/edinburgh/geovirus.jsonl"),
    ("geovirus.jsonl", "peers_resolution/voting/geovirus.jsonl"),
    ("idrisi_d_ar_dev.jsonl", "peers_resolution/prominence/idrisi_d_ar_dev.jsonl"),
    ("nerel_dev.jsonl", "nerel_dev.jsonl"),
    ("anercorp_train.jsonl", "anercorp_train.jsonl"),
]


@pytest.mark.parametrize("options", CONVENTIONS)
@pytest.mark.parametrize(("gold", "predicted"), FILES)
def test_every_figure_agrees(gold, predicted, options):
    """Recognition, resolution and end to end, under each convention."""
    words = [sys.executable, BENCH / "score.py", BENCH / gold, BENCH / predicted, "--json"]
    done = subprocess.run([*words, *options.split()], capture_output=True, check=True)
    theirs = json.loads(done.stdout)
    pairs = [p for p in read_pairs(BENCH / gold, BENCH / predicted) if isinstance(p, Pair)]
    ours = evaluate(
        pairs,
        convention=CONVENTIONS[options],
        outlines=FileOutlines(BENCH / "areas.json"),
        replicates=0,
    )
    expected = {name: theirs[other] for name, other in NAMES.items()}
    for kind, other in (("strict", "strict"), ("partial", "overlap")):
        for figure, short in (("precision", "p"), ("recall", "r"), ("f1", "f1")):
            expected[f"{kind}_{figure}"] = theirs[other][short]
    found = {name: ours.figures[name].value for name in expected}
    assert {k: v and round(v, 3) for k, v in found.items()} == {
        k: v and pytest.approx(v, abs=0.00051) for k, v in expected.items()
    }
    assert (ours.documents, ours.counts["gold"]) == (theirs["docs"], theirs["n_gold"])
