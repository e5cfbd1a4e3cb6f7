"""Token-classification models, tiny ones made here and saved, find names at their offsets."""

from __future__ import annotations

import socket

import pytest

from gazetteer import BadQueryError
from gazetteer.errors import ModelMissingError
from gazetteer.recognizers import FoundName, load_recognizer
from gazetteer.recognizers.transformers_models import load

_WHY = "transformers and torch are not installed: geoevents[transformers]"
torch = pytest.importorskip("torch", reason=_WHY)
transformers = pytest.importorskip("transformers", reason=_WHY)

_TAGS = ["O", "B-LOC", "I-LOC", "B-PER"]
_POSITIONS = 32
_VOCABULARY = {
    "[PAD]": "O",
    "[UNK]": "O",
    "[CLS]": "B-LOC",  # must not matter
    "[SEP]": "B-LOC",
    "[MASK]": "O",
    "bak": "B-LOC",
    "##u": "B-PER",  # what a model says of a word's later pieces must not matter
    "new": "B-LOC",
    "york": "I-LOC",
    "saint": "B-LOC",
    "denis": "I-LOC",
    "-": "I-LOC",
    "paris": "B-PER",
    "حلب": "B-LOC",
    "a": "O",
    "b": "O",
    ",": "O",
    ".": "O",
}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """Return the folder of a tiny BERT of random weights that has learnt a few words by heart."""
    from tokenizers import BertWordPieceTokenizer

    folder = tmp_path_factory.mktemp("models") / "tiny"
    vocabulary = {word: number for number, word in enumerate(_VOCABULARY)}
    words = BertWordPieceTokenizer(vocabulary, lowercase=True)
    special = dict(zip(("pad", "unk", "cls", "sep", "mask"), _VOCABULARY, strict=False))
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=words._tokenizer,
        model_max_length=_POSITIONS,
        **{f"{name}_token": token for name, token in special.items()},
    )
    network = tiny_network(len(vocabulary), "bert")
    learn(network, list(vocabulary.values()), [_TAGS.index(tag) for tag in _VOCABULARY.values()])
    tokenizer.save_pretrained(folder)
    network.save_pretrained(folder)
    return str(folder)


def tiny_network(words, kind, positions=_POSITIONS):
    """Return a model of a few thousand random weights."""
    torch.manual_seed(0)
    config = transformers.AutoConfig.for_model(
        kind,
        vocab_size=words,
        hidden_size=128,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=positions,
        pad_token_id=0,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        id2label=dict(enumerate(_TAGS)),
        label2id={tag: number for number, tag in enumerate(_TAGS)},
    )
    return transformers.AutoModelForTokenClassification.from_config(config)


def learn(network, numbers, tags, length=_POSITIONS):
    """Fit the last layer so that words have their tags wherever they stand, by least squares."""
    generator = torch.Generator().manual_seed(0)
    few = torch.randint(len(numbers), (200, 3), generator=generator)
    drawn = few.gather(1, torch.randint(3, (200, length), generator=generator))
    sure = 12.0  # a logit
    with torch.no_grad():
        states = network.base_model(input_ids=torch.tensor(numbers)[drawn]).last_hidden_state
        wanted = torch.tensor(tags, dtype=torch.long)[drawn]
        wanted = sure * torch.nn.functional.one_hot(wanted, len(_TAGS)).flatten(0, 1).float()
        states = states.flatten(0, 1)
        network.classifier.weight[:] = torch.linalg.lstsq(states, wanted).solution.T
        network.classifier.bias.zero_()
        right = network.classifier(states).argmax(1) == wanted.argmax(1)
    assert right.all()


def found(recognizer, text):
    """Return the words that are found in a text."""
    return [text[name.start : name.end] for name in recognizer.find(text, "en")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a Baku b", ["Baku"]),
        ("BAKU, baku.", ["BAKU", "baku"]),
        ("a New York, b", ["New York"]),
        ("Saint-Denis b", ["Saint-Denis"]),
        ("Paris a", []),
        ("😀😀 a\u00a0Baku\u200f b", ["Baku"]),
        ("ba\u0301ku", ["ba\u0301ku"]),
        ("a حَلَب b", ["حَلَب"]),
        ("York b Baku", ["York", "Baku"]),
        ("\ud83d Baku", ["Baku"]),
        ("", []),
        (" \n", []),
    ],
)
def test_names(tiny, text, names):
    """Pieces make whole words, words whole names, at the offsets of the text as it is."""
    assert found(load(tiny), text) == names


def test_probabilities(tiny):
    """A name is as sure as its least sure word; the labels of places count together."""
    [name] = load(tiny).find("a New York b", "en")
    [place] = load(tiny, labels={"LOC": "associative", "PER": "name"}).find("a York b", "en")
    assert 0.5 < name.probability <= 1
    assert 0.9 < place.probability <= 1
    assert place.form == "associative"


@pytest.mark.parametrize("before", range(0, 70, 3))
def test_texts_longer_than_the_model(tiny, before):
    """Wherever the model's windows of 32 pieces meet, a name is found once and whole."""
    text = "a " * before + "New York " + "b " * 40 + "Baku"
    assert found(load(tiny), text) == ["New York", "Baku"]


def test_batches_agree_with_single_texts(tiny):
    """Texts of different lengths together give what each gives by itself."""
    recognizer = load(tiny, batch=3)
    texts = ["Baku", "a " * 50 + "New York", "", "Saint-Denis, Baku b", "b"]
    together = list(recognizer.find_all((text, "en") for text in texts))
    assert [[n.start for n in names] for names in together] == [[0], [100], [], [0, 13], []]
    for text, names in zip(texts, together, strict=True):
        alone = recognizer.find(text, "en")
        assert [(n.start, n.end) for n in alone] == [(n.start, n.end) for n in names]
        assert [n.probability for n in alone] == pytest.approx([n.probability for n in names])


def test_a_tokenizer_of_bytes(tmp_path):
    """Byte-level pieces, which hold the space before a word and parts of letters, fit as well."""
    from tokenizers import ByteLevelBPETokenizer

    text = "a Bakı😀 Bakı, b"
    special = ["<pad>", "<unk>"]
    pairs = ByteLevelBPETokenizer()
    pairs.train_from_iterator([text] * 9, vocab_size=300, special_tokens=special)
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=pairs._tokenizer,
        pad_token=special[0],
        unk_token=special[1],
    )
    network = tiny_network(len(tokenizer), "roberta", positions=40)
    numbers = sorted(set(tokenizer(text)["input_ids"]))
    learn(
        network, numbers, ["B" in token for token in tokenizer.convert_ids_to_tokens(numbers)], 38
    )
    tokenizer.save_pretrained(tmp_path)
    network.save_pretrained(tmp_path)
    assert found(load(str(tmp_path)), text) == ["Bakı", "Bakı"]
    assert found(load(str(tmp_path)), "a b " * 60 + "Bakı") == ["Bakı"]


def test_by_name_with_the_gazetteer(tiny, gazetteer):
    """A model is named by its folder, and what it finds is resolved."""
    name = f"transformers:{tiny}"
    text = "a baku b"
    [resolution] = gazetteer.geoparse(text, lang="en", recognizer=name, recognition="instead")
    assert resolution.place.id == "geonames:587084"
    assert (resolution.mention.start, resolution.mention.end) == (2, 6)


def test_only_the_languages_asked_for(tiny):
    """A model of one language is not asked for others."""
    recognizer = load(tiny, languages=["az"])
    assert recognizer.find("Baku", "en") is None
    assert [(n.start, n.end) for n in recognizer.find("Baku", "az")] == [(0, 4)]


def test_nothing_is_downloaded(tiny, monkeypatch):
    """Loading opens no connection: a model is on this machine, or it is missing."""

    def refuse(*_args, **_kwargs):
        pytest.fail("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert found(load(tiny), "Baku") == ["Baku"]
    with pytest.raises(ModelMissingError, match="no model 'somebody/some-ner' on this machine"):
        load_recognizer("transformers:somebody/some-ner")
    with pytest.raises(ModelMissingError, match="it is no folder, and not in the cache"):
        load_recognizer("transformers:/no/such/folder")


def test_the_cache_of_the_library(tiny, tmp_path, monkeypatch):
    """A model that was downloaded once is found by its name."""
    hub = pytest.importorskip("huggingface_hub", reason=_WHY)
    commit = "0" * 40
    model = tmp_path / "models--somebody--some-ner"
    (model / "snapshots").mkdir(parents=True)
    (model / "refs").mkdir()
    (model / "refs" / "main").write_text(commit)
    (model / "snapshots" / commit).symlink_to(tiny)
    monkeypatch.setattr(hub.file_download, "HF_HUB_CACHE", str(tmp_path), raising=False)
    monkeypatch.setattr(hub.constants, "HF_HUB_CACHE", str(tmp_path))
    assert found(load("somebody/some-ner"), "a Baku") == ["Baku"]


def test_what_cannot_be_used(tiny, tmp_path):
    """No model, an empty folder, and labels that the model lacks are told in a sentence."""
    with pytest.raises(BadQueryError, match="transformers needs a model"):
        load_recognizer("transformers")
    with pytest.raises(ModelMissingError, match="on this machine"):
        load(str(tmp_path))
    with pytest.raises(BadQueryError, match="it has LOC, PER"):
        load(tiny, labels={"GPE": "name"})


def test_spans_are_found_names(tiny):
    """What comes out is what the protocol says."""
    assert all(isinstance(name, FoundName) for name in load(tiny).find("Baku, Paris", "en"))
