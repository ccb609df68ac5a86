"""Arabic number words and roles, spelled without vowel signs and with one form of each letter."""

import re

from appeals.checks.tongues.tongue import Tongue, numbers, plain

SIGNS = re.compile("[\u0640\u064b-\u065f\u0670\u200c-\u200f]")
LETTERS = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي")


def fold(word: str) -> str:
    """Return a word without vowel signs, hamzas and the difference of final letters."""
    return SIGNS.sub("", plain(word)).translate(LETTERS)


UNITS = {"3": "ثلاث", "4": "اربع", "5": "خمس", "6": "ست", "7": "سبع", "8": "ثمان", "9": "تسع"}
ORDINALS = {
    "3": "ثالث",
    "4": "رابع",
    "5": "خامس",
    "6": "سادس",
    "7": "سابع",
    "8": "ثامن",
    "9": "تاسع",
    "10": "عاشر",
}
TENS = {"30": "ثلاث", "40": "اربع", "50": "خمس", "60": "ست", "70": "سبع", "80": "ثمان"} | {
    "90": "تسع",
    "20": "عشر",
}
STRONG = {
    "0": "صفر",
    "2": "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي",
    "8": "ثماني",
    "10": "عشر عشره",
    "100": "ميه مايه",
    "200": "ميتان ميتين مايتان مايتين ميتا مايتا",
    "1000": "الف الفا الاف",
    "2000": "الفان الفين",
    "1000000": "مليون مليونا ملايين",
    "2000000": "مليونان مليونين",
    "1000000000": "مليار مليارا مليارات",
}
for value, stem in UNITS.items():
    STRONG[value] = f"{STRONG.get(value, '')} {stem} {stem}ه {stem}يه"
    STRONG[f"{value}00"] = f"{stem}ميه {stem}مايه"
for value, stem in TENS.items():
    STRONG[value] = f"{stem}ون {stem}ين"
for value, stem in ORDINALS.items():
    STRONG[value] = f"{STRONG[value]} {stem} {stem}ه {stem}ا"
WEAK = {
    "1": "واحد واحده احد احدي حادي حاديه اول اولا اولي الاول الاولي",
    "2": "ثاني ثانيا ثانيه الثاني الثانيه كلا كلتا مرتان مرتين ضعف",
    "3": "ثلث الثلث",
    "4": "ربع الربع",
    "10": "عشرات عقد عقود",
    "12": "دزينه",
    "100": "ميات قرن قرون",
    "1000": "الوف",
}
TONGUE = Tongue(
    numbers=numbers(STRONG, WEAK),
    fold=fold,
    halves=frozenset({"نصف", "ونصف", "النصف"}),
    percent=frozenset({"في", "ب"}),
    doubtful_months=frozenset({"اب", "مارس", "ايار", "اوت"}),
    before_months=frozenset({"في", "شهر", "منذ", "حتي", "من", "الي"}),
    roles={
        "نائب الرئيس": "vice president",
        "نواب الرئيس": "vice president",
        "نواب رئيس": "vice president",
        "نائب رئيس": "vice president",
        "رئيس": "president",
        "رؤساء": "president",
        "شيوخ": "elder",
        "شيخ": "elder",
        "عضو": "member",
        "أعضاء": "member",
        "اعضاء": "member",
        "مندوب": "delegate",
        "موقع": "signatory",
        "أمناء": "secretary",
        "أمين": "secretary",
    },
    has_dual=True,
    joined_and="و",
)
