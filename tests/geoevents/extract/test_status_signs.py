"""Signs of hearsay, doubt and plans, and where they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .test_pipeline import only

if TYPE_CHECKING:
    from .conftest import Read


LONG_TITLE = (
    "وأعلن رئيس قسم التحقيقات في شرطة المدينة العقيد علي أكبر حسن عند مدخل المبنى أمس "
    "أنها عملية انتحارية."
)


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        # Who said it, behind a comma.
        (
            "A carrier was hit in the attack, confirmed a spokesman, and burnt out.",
            "violence.attack",
            "reported",
        ),
        # What was reported elsewhere says nothing of what follows.
        (
            "No deaths were reported, and the army evacuated 80 people from Yeoncheon.",
            "movement.convoy",
            "asserted",
        ),
        # An infinitive of what was caused.
        ("The storm caused a crane to fall into a mosque.", "hazard.accident", "asserted"),
        ("Two men were arrested on charges of buying weapons.", "deal.arms_deal", "assessed"),
        ("The group remains committed to carrying out attacks.", "violence.attack", "hypothetical"),
        ("The villages of Zamzam came under attack.", "violence.attack", "asserted"),
        # Direct speech without a word that introduces it.
        (
            "وقال القائد في الفصيل تحركت القوات نحو مدينة الفاشر.",
            "movement.troop_movement",
            "reported",
        ),
        # A long title between the verb and its "that".
        (LONG_TITLE, "violence.bombing", "reported"),
        # A demand does not reach into the clause that describes who makes it.
        ("طالب المبعوث الذي وصل إلى سوريا برفع الحصار.", "movement.flight", "asserted"),
        (
            "دعا متحدث باسم الحزب المواطنين إلى مقاطعة المنتجات.",
            "coercion.sanction",
            "hypothetical",
        ),
        # "Signs", and not "expects".
        (
            "توقع اتفاق السلام بين الجانبين ثم هاجم الجيش مدينة نيالا.",
            "violence.attack",
            "asserted",
        ),
    ],
)
def test_a_sign_reaches_its_own_events_only(read: Read, text: str, kind: str, status: str) -> None:
    """Each sign holds for what it governs."""
    assert only(read(text), kind).status == status


def test_a_plan_is_not_what_happened(read: Read) -> None:
    """Of one type, what was done and what somebody wants are two events."""
    text = "The army deployed troops in Goma, and the council may deploy peacekeepers."
    statuses = [e.status for e in read(text) if e.type == "force.deployment"]
    assert sorted(statuses) == ["asserted", "hypothetical"]


def test_a_present_tense_tells_what_goes_on(read: Read) -> None:
    """Behind the lead an Arabic present tense is no headline's past."""
    text = "تدهور الوضع في البلاد. وتهاجم القوات الحكومية مدينة نيالا."
    assert only(read(text), "violence.attack").aspect == "ongoing"
