"""Words too common to look for, in the languages that have most of the texts."""

STOPS = {
    "en": """a an and are as at be been but by can could did do does for from had has have he her
        his how i if in into is it its itself may me my no nor not of on or our out shall she so
        such than that the their them then there these they this those to upon us was we were
        what when which while who whom will with would you your""",
    "fr": """a à au aux avec ce ces cet cette dans de des du elle elles en est et étaient était
        été être eux il ils je la le les leur leurs lui mais me même mes moi mon ne nos notre
        nous on ont ou où par pas pour qu que qui sa se ses si son sont sur ta te toi tu un une
        vos votre vous y""",
    "de": """aber als am an auch auf aus bei bin bis da das dass dem den der des die durch ein
        eine einem einen einer eines er es für hat hatte ich ihr im in ist ja kann man mit nach
        nicht noch nur oder sein sich sie sind so über um und uns unter vom von vor war was wenn
        werden wie wir wird zu zum zur""",
    "es": """a al con cual de del donde e el ella ellas ellos en entre era eran es esa ese eso
        esta este esto fue ha han hay la las le les lo los más me mi muy ni no nos o para pero
        por que quien se si sin sobre son su sus también un una uno y ya yo""",
    "ru": """а без был была были было быть в вам вас весь во вот все всего всех вы где да для до
        его ее если есть еще же за и из или им их к как ко когда кто ли либо мне может мы на
        над наш не него нее нет ни них но о об однако он она они оно от очень по под при с со
        так также такой там те тем то того тоже той только том ты у уже хотя чего чей чем что
        чтобы чье чья эта эти это этого этой этом этот я""",
    "uk": """а або але б без був була були було бути в вам вас ви від він вона вони воно все всі
        де для до є же за з зі і із й його її їх коли ми на над наш не неї ні них но о об од
        по під при про та так також там те тим то того той тому ти у уже хто це цього цей ця
        ці що щоб як яка які якій якого який я""",
    "ar": """إلى أن إن أو أي الذي التي الذين بعد بين ثم حتى على عن غير في قد كان كانت كل كما لا
        لكن لم له لها ما مع من منذ نحن هذا هذه هم هو هي و وقد وفي ومن وهو وهي يكون عند ذلك تلك
        قبل بها به فيها فيه هناك""",
}
#: As ``plainly`` leaves them: the dotless final ي is one letter with the dotted one.
WORDS = {tongue: frozenset(text.replace("ى", "ي").split()) for tongue, text in STOPS.items()}
ANY = frozenset().union(*WORDS.values())


def is_stop(plain: str, language: str) -> bool:
    """Tell whether a word says nothing in a language; where that is not known, in any."""
    if len(plain) == 1 and plain.isascii() and plain.isalpha():
        return True
    if not language:
        return plain in ANY
    return plain in WORDS.get(language.split("-")[0].lower(), ())
