"""Two words for one kind of event in a sentence: one event told twice, or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Read

# Text, and the triggers of its events.
SENTENCES = [
    # Neither is known: there were two.
    ("قتل شرطي في انفجار لغم قرب الجسر كما أصيب حارس في انفجار دراجة.", ["انفجار", "انفجار"]),
    # The article speaks of the one told before.
    ("قتل شرطي في انفجار لغم قرب الجسر كما أصيب حارس في الانفجار.", ["انفجار"]),
    # So does what the second belongs to.
    ("قتل شرطي في انفجار لغم قرب الجسر كما أصيب حارس في انفجار الدراجة.", ["انفجار"]),
    # A word says that it is another.
    ("وسبقت الغارة بساعة غارة مماثلة على البلدة.", ["الغارة", "غارة"]),
    # Nothing is before itself.
    ("عقد الوزراء اجتماعا طارئا قبل اجتماع ياوندي.", ["اجتماعا", "اجتماع"]),
]


@pytest.mark.parametrize(("text", "triggers"), SENTENCES)
def test_what_is_told_anew_is_another_event(read: Read, text: str, triggers: list[str]) -> None:
    """Events are told apart where words say so, and joined where the second may be the first."""
    found = [text[event.trigger.start : event.trigger.end] for event in read(text, lang="ar")]
    assert found == triggers


def test_a_word_and_a_number_written_together_are_two(read: Read) -> None:
    """A mark of direction between them does not hide the verb or the count."""
    (event,) = read("اعتقلت الشرطة\u200f19\u200f مهربا في تمنراست.", lang="ar")
    assert (event.type, event.count) == ("coercion.arrest", 19)
