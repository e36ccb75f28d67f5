"""What patients say, beside what the clinic says. Editors change these from then on: Snippets, Search words."""

from django.db import migrations

GROUPS = [
    "heart, cardiology, cardiologist, cardiac, قلب, قلبية",
    "skin doctor, dermatology, dermatologist, skin care, جلدية, طبيب جلد",
    "tooth, teeth, dental, dentist, dentistry, أسنان, ضرس",
    "child, children, kids, baby, paediatrics, pediatrics, paediatrician, pediatrician, أطفال, طفل, رضيع",
    "eye, eyes, ophthalmology, ophthalmologist, عيون, عين",
    "bone, bones, joint, orthopaedics, orthopedics, عظام, مفاصل",
    "woman, women, gynaecology, gynecology, gynaecologist, gynecologist, نساء, نسائية",
    "pregnancy, pregnant, antenatal, obstetrics, حمل, حامل, ولادة",
    "physio, physiotherapy, physical therapy, rehabilitation, علاج طبيعي, إعادة تأهيل",
    "mental health, psychology, psychologist, psychiatry, psychiatrist, صحة نفسية, طبيب نفسي, علاج نفسي",
    "stomach, digestion, gastroenterology, معدة, جهاز هضمي",
    "ear nose throat, ENT, أنف أذن حنجرة",
    "family doctor, general practitioner, GP, family medicine, طبيب أسرة, طبيب عام, طب الأسرة",
    "diabetes, blood sugar, سكري, سكر الدم",
    "blood pressure, hypertension, ضغط الدم, ضغط",
    "vaccination, vaccine, immunisation, immunization, jab, تطعيم, لقاح, تلقيح",
    "blood test, laboratory, lab, تحليل دم, تحاليل, فحص دم, مختبر",
    "ultrasound, sonar, echo, موجات فوق صوتية, سونار, إيكو",
    "x-ray, radiography, أشعة, تصوير شعاعي",
    "appointment, booking, visit, موعد, مواعيد, حجز",
    "doctor, doctors, physician, طبيب, أطباء, دكتور, دكتورة",
    "price, prices, cost, fee, سعر, أسعار, تكلفة, رسوم",
    "insurance, insurer, تأمين, شركات التأمين",
    "opening hours, opening times, أوقات الدوام, ساعات العمل",
    "address, directions, location, branch, عنوان, موقع, فرع, فروع",
    "emergency, urgent, طوارئ, إسعاف, مستعجل",
]


def write(apps, schema_editor):
    synonyms = apps.get_model("search", "Synonyms")
    synonyms.objects.bulk_create(synonyms(words=words) for words in GROUPS)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
