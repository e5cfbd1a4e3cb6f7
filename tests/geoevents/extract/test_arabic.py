"""Events of Arabic sentences: light verbs, verbal nouns, passives, pronouns, and non-events."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.geoevents.extract.conftest import Read

DAY = date(2024, 5, 15)  # a Wednesday

# Text, then of each event: type, status, trigger, places with their roles.
SENTENCES: list[tuple[str, list[tuple[str, str, str, dict[str, str]]]]] = [
    (
        "القوات الكونغولية تتراجع من غوما.",
        [("movement.troop_movement", "asserted", "تتراجع", {"غوما": "origin"})],
    ),
    (
        "سحبت أوغندا جنودها من كيسنغاني.",
        [("movement.troop_movement", "asserted", "سحبت", {"كيسنغاني": "origin"})],
    ),
    (
        "استهدفت مسيرة مستودعا للوقود قرب بورتسودان.",
        [("violence.strike", "asserted", "استهدفت مسيرة", {"قرب بورتسودان": "location"})],
    ),
    (
        "ضربات فرنسية على معسكر شمال تمبكتو.",
        [("violence.strike", "asserted", "ضربات فرنسية", {"شمال تمبكتو": "location"})],
    ),
    (
        "أطلق صاروخان على حيفا فجر الأحد.",
        [("violence.shelling", "asserted", "أطلق صاروخان", {"حيفا": "location"})],
    ),
    (
        "أردى مسلحون حارسا في كاتسينا.",
        [("violence.attack", "asserted", "أردى مسلحون", {"كاتسينا": "location"})],
    ),
    (
        "أطلق مجهولون النار على دورية في باماكو.",
        [("violence.attack", "asserted", "أطلق", {"باماكو": "location"})],
    ),
    (
        "سقطت بلدة كيدال في أيدي المتمردين.",
        [("violence.armed_clash", "asserted", "سقطت بلدة", {"كيدال": "location"})],
    ),
    (
        "أودع رئيس البلدية السجن في وهران.",
        [("coercion.arrest", "asserted", "أودع", {"وهران": "location"})],
    ),
    (
        "قال الوزير خلال لقائه السفير في نيقوسيا إن الميناء سيفتح قريبا.",
        [("diplomacy.meeting", "asserted", "لقائه", {"نيقوسيا": "location"})],
    ),
    (
        "وسيرت الكويت قافلة إغاثية إلى درنة.",
        [("transfer.aid", "asserted", "سيرت", {"درنة": "destination"})],
    ),
    (
        "ألغت لجنة الحوار اجتماعها في جوبا.",
        [("diplomacy.meeting", "negated", "اجتماعها", {"جوبا": "location"})],
    ),
    (
        "القمة المقبلة ستعقد في نواكشوط.",
        [("diplomacy.meeting", "hypothetical", "القمة", {"نواكشوط": "location"})],
    ),
    (
        "تدرس أستراليا إرسال قوات إلى فيجي.",
        [("force.deployment", "hypothetical", "إرسال قوات", {"فيجي": "location"})],
    ),
    (
        "سجلت رواندا خمس إصابات بالكوليرا في كيغالي.",
        [("hazard.outbreak", "asserted", "سجلت", {"كيغالي": "location"})],
    ),
    (
        "متظاهرون يحرقون سيارات الشرطة في نانتير.",
        [("unrest.riot", "asserted", "يحرقون", {"نانتير": "location"})],
    ),
    (
        "لوحت فنلندا بفرض عقوبات على بيلاروسيا.",
        [
            ("statement.threat", "asserted", "لوحت", {}),
            ("coercion.sanction", "asserted", "فرض عقوبات", {}),
        ],
    ),
    (
        "حل وزير النقل الصربي ضيفا بتيرانا.",
        [("diplomacy.visit", "asserted", "حل", {"تيرانا": "location"})],
    ),
    (
        "عقدت اللجنة اجتماعها الأخير في غابورون.",
        [("diplomacy.meeting", "asserted", "اجتماعها", {"غابورون": "location"})],
    ),
    (
        "انسحب المنتخب من التصفيات بسبب الحرب الإثيوبية على إريتريا.",
        [("violence.armed_clash", "asserted", "الحرب الإثيوبية", {"إريتريا": "location"})],
    ),
    (
        "احتجاجات عنيفة تهز دكا.",
        [("unrest.riot", "asserted", "احتجاجات عنيفة", {"دكا": "location"})],
    ),
    (
        "لا تزال الشرطة تغلق كربلاء بعد الاشتباكات.",
        [
            ("coercion.blockade", "asserted", "تغلق كربلاء", {"كربلاء": "location"}),
            ("violence.armed_clash", "asserted", "الاشتباكات", {"كربلاء": "location"}),
        ],
    ),
    (
        "إيقاف عربة عسكرية في باتومي.",
        [("coercion.arrest", "asserted", "إيقاف عربة", {"باتومي": "location"})],
    ),
    (
        "إحراق مدارس في جنوب تايلاند.",
        [("violence.attack", "asserted", "إحراق مدارس", {"جنوب تايلاند": "location"})],
    ),
    (
        "هدد مسلحون بمهاجمة قاعدة في بوصاصو.",
        [
            ("statement.threat", "asserted", "هدد", {}),
            ("violence.attack", "hypothetical", "مهاجمة", {"بوصاصو": "location"}),
        ],
    ),
    (
        "أطلقت مروحية صاروخا على منزل في رفح.",
        [("violence.strike", "asserted", "أطلقت", {"رفح": "location"})],
    ),
    (
        "ولم يسفر القصف على كيدال عن إصابات.",
        [("violence.shelling", "asserted", "القصف", {"كيدال": "location"})],
    ),
    (
        "تمت إعادة ناشطين من سرايا القدس ثم إعادتهم إلى صفاقس في قارب خفر السواحل.",
        [("movement.convoy", "asserted", "إعادتهم إلى صفاقس", {"صفاقس": "destination"})],
    ),
    (
        "تعتزم كينيا المشاركة بألف جندي في قوة السلام.",
        [("force.deployment", "hypothetical", "المشاركة", {})],
    ),
    (
        "وجود قوات إثيوبية داخل بيداوا.",
        [("force.deployment", "asserted", "وجود قوات", {"بيداوا": "location"})],
    ),
    (
        "أقام العلم في مقديشو التي سيطر عليها المسلحون.",
        [("violence.armed_clash", "asserted", "سيطر عليها", {"مقديشو": "location"})],
    ),
    (
        "المؤتمر الذي سيعقد بمقديشو فرصة للصوماليين.",
        [("diplomacy.meeting", "hypothetical", "سيعقد", {"مقديشو": "location"})],
    ),
    (
        "سيلتقي الرئيس في مينسك نظيره الذي يواجه معارضة في بولندا.",
        [("diplomacy.meeting", "hypothetical", "يلتقي", {"مينسك": "location"})],
    ),
    (
        "بعيد وصوله إلى بوخارست ألقى الرئيس كلمة.",
        [("movement.flight", "asserted", "وصوله إلى بوخارست", {"بوخارست": "destination"})],
    ),
    (
        "شراء نيجيريا عشر طائرات حربية من روسيا.",
        [("deal.arms_deal", "asserted", "شراء", {})],
    ),
    (
        "ارتطمت حافلة بشاحنة قرب أسيوط.",
        [("hazard.accident", "asserted", "ارتطمت", {"قرب أسيوط": "location"})],
    ),
    (
        "السفن التي احتجزتها البحرية الإريترية قرب مصوع عادت.",
        [("coercion.arrest", "asserted", "احتجزتها", {"قرب مصوع": "location"})],
    ),
    (
        "أعلن الوزير أن القوات التي نشرتها كينيا في هايتي ستبقى.",
        [("force.deployment", "reported", "نشرتها", {"هايتي": "location"})],
    ),
    (
        "الأسلحة التي سلمتها بلجيكا إلى مولدوفا قديمة.",
        [("transfer.arms_shipment", "asserted", "سلمتها", {"مولدوفا": "destination"})],
    ),
    (
        "انسحاب إثيوبيا من بيدوا.",
        [("movement.troop_movement", "asserted", "انسحاب إثيوبيا من", {"بيدوا": "origin"})],
    ),
    (
        "اقترحت فنلندا فكرة نشر قوة سلام في قبرص.",
        [("force.deployment", "hypothetical", "نشر قوة", {"قبرص": "location"})],
    ),
    (
        "قافلة شاحنات تعبر الحدود إلى جوبا.",
        [("movement.convoy", "asserted", "تعبر", {"جوبا": "destination"})],
    ),
    (
        "أمضى الصحفي ثلاث سنوات في سجن ببلغراد.",
        [("coercion.arrest", "asserted", "أمضى", {"بلغراد": "location"})],
    ),
    (
        "التقت ميركل قيادات المعارضة في تبليسي.",
        [("diplomacy.meeting", "asserted", "التقت", {"تبليسي": "location"})],
    ),
    (
        "شارك وزير الدفاع في مؤتمر دولي في أوسلو.",
        [("diplomacy.meeting", "asserted", "مؤتمر دولي", {"أوسلو": "location"})],
    ),
    (
        "خصصت السويد 30 مليون كرونة لمكافحة الكوليرا في هايتي.",
        [("transfer.aid", "asserted", "خصصت", {"هايتي": "location"})],
    ),
    (
        "اصطدام طائرة مختطفة ببرج في نيروبي.",
        [("violence.attack", "asserted", "اصطدام", {"نيروبي": "location"})],
    ),
    (
        "زار الوزير ماليزيا التي قصفتها الطائرات.",
        [
            ("diplomacy.visit", "asserted", "زار", {"ماليزيا": "location"}),
            ("violence.strike", "asserted", "قصفتها الطائرات", {"ماليزيا": "location"}),
        ],
    ),
    (
        "وفي حديقة بتبليسي، استخدمت الشرطة الهراوات لتفريق محتجين.",
        [
            ("violence.attack", "asserted", "استخدمت", {"تبليسي": "location"}),
            ("unrest.protest", "asserted", "تفريق محتجين", {"تبليسي": "location"}),
        ],
    ),
    (
        "قصف على الحي، أفاد مراسل الصحيفة في غزة بأن المنزل خال.",
        [
            ("violence.shelling", "asserted", "قصف", {}),
        ],
    ),
    (
        "فرنسا تسجل 83 حالة وفاة بفيروس كورونا.",
        [("hazard.outbreak", "asserted", "تسجل", {"فرنسا": "location"})],
    ),
    (
        "حكمت المحكمة على الناشط بسنتين في وهران.",
        [("coercion.arrest", "asserted", "حكمت", {"وهران": "location"})],
    ),
    (
        "ألقت الطائرات قنابل على حي في تعز.",
        [("violence.strike", "asserted", "ألقت الطائرات قنابل", {"تعز": "location"})],
    ),
]

# Play, talk, markets, faith and look-alikes.
NO_EVENTS = [
    "هاجم المدرب حكم المباراة في الدوري الإسباني.",
    "استعاد النادي صدارة الدوري بعد الفوز في ملعب مدريد.",
    "تراجع سهم الشركة في بورصة الكويت.",
    "يدين معظم سكان البلاد بالإسلام.",
    "بلغت مساحة المزرعة خمسين فدانا في أسيوط.",
    "تعلم الأطفال السباحة عبر الحدود الفاصلة بين حوضين.",
    "عبر الكاتب عن شكره لجمهور بغداد.",
    "كتب أستاذ علم الاجتماع في جامعة القاهرة مقدمة الديوان.",
    "أقلع المدير عن التدخين في صيف بيروت.",
    "تدافع المحامية عن حقوق سكان طنجة.",
    "قدم الطاهي سلة من التفاح في مراكش.",
    "بني الميناء الجديد كميناء سياحي في طنجة.",
    "أشعل الفنان حماس الجمهور في دبي.",
    "افتتح الرئيس التظاهرة الثقافية في مكناس.",
    "قال المغني في اتصال هاتفي أجرته معه الصحيفة إنه يحب بيروت.",
    "تقيم أسرته في حلب.",
    "هذا الفن معروف منذ فجر التاريخ في مصر.",
    "ارتفعت السيولة في سوق دبي المالي.",
    "انفجر الصراع الطائفي في البلاد.",
    "عقد المدرب مؤتمرا صحافيا في الدوحة.",
    "وصلت إليه الأخبار في دمشق.",
    "شن النائب هجوما حادا على الصحافة في عمان.",
    "افتتحت وزارة التربية مدرسة في إربد.",
    "خسر المضيف بسبب ضعف خطوط هجومه في الرباط.",
    "بحثت اللجنة الحرب على الإرهاب والفقر.",
    "خطرت للمدرب فكرة رائعة.",
    "كان السيل من الرسائل كبيرا.",
    "أشعة المهبط سيل متصل من الجسيمات.",
    "ناقش الكتاب الحرب العالمية الثانية والحرب على البطالة.",
    "انسحاب البرازيل من البطولة في مونتريال.",
]


@pytest.mark.parametrize(("text", "told"), SENTENCES)
def test_a_sentence_tells_these_events_and_no_other(
    read: Read, text: str, told: list[tuple[str, str, str, dict[str, str]]]
) -> None:
    """Type, status, trigger and places of every event are right, and none is invented."""
    found = [
        (
            event.type,
            event.status,
            text[event.trigger.start : event.trigger.end],
            {
                place.resolution.mention.text: place.role
                for place in event.places
                if place.role != "context"
            },
        )
        for event in read(text, published=DAY, lang="ar")
    ]
    assert found == told


@pytest.mark.parametrize("text", NO_EVENTS)
def test_no_event_is_read_into_it(read: Read, text: str) -> None:
    """Words that elsewhere name events name none here."""
    assert read(text, published=DAY, lang="ar") == []


def test_what_no_word_decides_is_what_was_told_before(read: Read) -> None:
    """After an air strike "the bombing" is one by air, and shelling where none was told."""
    text = "أغارت طائرات على أم درمان. ولم يسفر القصف عن إصابات."
    assert [event.type for event in read(text, lang="ar")] == ["violence.strike"] * 2
    assert [event.type for event in read("لم يسفر القصف عن إصابات.")] == ["violence.shelling"]


def test_what_is_said_of_where_an_unknown_place_lies_is_where_it_happened(read: Read) -> None:
    """No point is known of the quarter: west of Baghdad is what is left to show."""
    (event,) = read("وقع انفجار في منطقة علاوي الرصيف وسط بغداد صباح الخميس.", lang="ar")
    found = [p.resolution.mention.text for p in event.places if p.role == "location"]
    assert found[-1] == "وسط بغداد"


@pytest.mark.xfail(strict=True, reason="the recogniser cuts the name of the quarter")
def test_an_unknown_place_keeps_its_whole_name(read: Read) -> None:
    """Beside where it lies."""
    (event,) = read("وقع انفجار في منطقة علاوي الرصيف وسط بغداد صباح الخميس.", lang="ar")
    found = [p.resolution.mention.text for p in event.places if p.role == "location"]
    assert found == ["علاوي الرصيف", "وسط بغداد"]
