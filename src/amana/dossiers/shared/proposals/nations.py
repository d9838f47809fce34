# SPDX-License-Identifier: EUPL-1.2
"""Words for nationality in Arabic, French and English, as codes: cues for proposals, never text for people.

French and English words are lower case without feminine and plural endings that follow the rule; Arabic words without
article. Only countries that such texts are likely to name: a word that is missing here proposes nothing.
"""

from __future__ import annotations

import re

_WORDS: dict[str, str] = {
    "MA": "marocain marocaine moroccan مغربي مغربية",
    "FR": "français française french فرنسي فرنسية",
    "DZ": "algérien algérienne algerian جزائري جزائرية",
    "TN": "tunisien tunisienne tunisian تونسي تونسية",
    "LY": "libyen libyenne libyan ليبي ليبية",
    "MR": "mauritanien mauritanienne mauritanian موريتاني موريتانية",
    "EG": "égyptien égyptienne egyptian مصري مصرية",
    "ES": "espagnol espagnole spanish إسباني إسبانية اسباني اسبانية",
    "PT": "portugais portugaise portuguese برتغالي برتغالية",
    "IT": "italien italienne italian إيطالي إيطالية ايطالي ايطالية",
    "BE": "belge belgian بلجيكي بلجيكية",
    "NL": "néerlandais néerlandaise dutch هولندي هولندية",
    "DE": "allemand allemande german ألماني ألمانية الماني المانية",
    "GB": "britannique british بريطاني بريطانية",
    "IE": "irlandais irlandaise irish إيرلندي إيرلندية",
    "CH": "suisse swiss سويسري سويسرية",
    "LU": "luxembourgeois luxembourgeoise luxembourgish",
    "AT": "autrichien autrichienne austrian نمساوي نمساوية",
    "PL": "polonais polonaise polish بولوني بولونية بولندي بولندية",
    "RO": "roumain roumaine romanian روماني رومانية",
    "BG": "bulgare bulgarian بلغاري بلغارية",
    "AL": "albanais albanaise albanian ألباني ألبانية",
    "RS": "serbe serbian صربي صربية",
    "GR": "grec grecque greek يوناني يونانية",
    "SE": "suédois suédoise swedish سويدي سويدية",
    "UA": "ukrainien ukrainienne ukrainian أوكراني أوكرانية",
    "RU": "russe russian روسي روسية",
    "TR": "turc turque turkish تركي تركية",
    "SY": "syrien syrienne syrian سوري سورية",
    "IQ": "irakien irakienne iraqi عراقي عراقية",
    "LB": "libanais libanaise lebanese لبناني لبنانية",
    "JO": "jordanien jordanienne jordanian أردني أردنية",
    "PS": "palestinien palestinienne palestinian فلسطيني فلسطينية",
    "SA": "saoudien saoudienne saudi سعودي سعودية",
    "AE": "émirien émirienne emirati إماراتي إماراتية",
    "QA": "qatarien qatarienne qatari قطري قطرية",
    "KW": "koweïtien koweïtienne kuwaiti كويتي كويتية",
    "YE": "yéménite yemeni يمني يمنية",
    "IR": "iranien iranienne iranian إيراني إيرانية",
    "AF": "afghan afghane أفغاني أفغانية",
    "PK": "pakistanais pakistanaise pakistani باكستاني باكستانية",
    "IN": "indien indienne indian هندي هندية",
    "CN": "chinois chinoise chinese صيني صينية",
    "SN": "sénégalais sénégalaise senegalese سنغالي سنغالية سينغالي سينغالية",
    "ML": "malien malienne malian مالي مالية",
    "NE": "nigérien nigérienne nigerien نيجري نيجرية",
    "NG": "nigérian nigériane nigerian نيجيري نيجيرية",
    "CI": "ivoirien ivoirienne ivorian إيفواري إيفوارية",
    "BF": "burkinabè burkinabé بوركينابي بوركينابية",
    "GN": "guinéen guinéenne guinean غيني غينية",
    "CM": "camerounais camerounaise cameroonian كاميروني كاميرونية",
    "GA": "gabonais gabonaise gabonese غابوني غابونية",
    "TD": "tchadien tchadienne chadian تشادي تشادية",
    "SD": "soudanais soudanaise sudanese سوداني سودانية",
    "SO": "somalien somalienne somali صومالي صومالية",
    "US": "américain américaine american أمريكي أمريكية",
    "CA": "canadien canadienne canadian كندي كندية",
    "BR": "brésilien brésilienne brazilian برازيلي برازيلية",
    "CO": "colombien colombienne colombian كولومبي كولومبية",
    "MX": "mexicain mexicaine mexican مكسيكي مكسيكية",
}
NATION_OF: dict[str, str] = {word: code for code, words in _WORDS.items() for word in words.split()}
NATION_OF |= {f"{word}s": code for word, code in list(NATION_OF.items()) if word.isascii() or "é" in word or "ç" in word}
_HALVES = {"franco": "FR", "maroco": "MA", "algéro": "DZ", "tuniso": "TN", "hispano": "ES", "belgo": "BE", "italo": "IT", "germano": "DE"}
LATIN = "|".join(sorted((word for word in NATION_OF if word < "\u0600"), key=len, reverse=True))
ARABIC = "|".join(sorted((word for word in NATION_OF if word > "\u0600"), key=len, reverse=True))
_LATIN_WORD = rf"(?:(?:{'|'.join(_HALVES)})-)?(?:{LATIN})"
_CUES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"\b(?:ressortissante?s?|citoyen(?:ne)?s?|sujet)\s+({_LATIN_WORD})\b", re.IGNORECASE),
    re.compile(rf"\b(?:double\s+)?nationalit(?:é|y)s?\s*:?\s*({_LATIN_WORD})\b", re.IGNORECASE),
    re.compile(rf"\b({_LATIN_WORD})\s+(?:(?:and|et)\s+({LATIN})\s+)?(?:nationals?|citizens?|subjects?)\b", re.IGNORECASE),
    re.compile(rf"(?<![\u0621-\u064a])(?:ال)?({ARABIC})\s+الجنسية"),
    re.compile(rf"(?<![\u0621-\u064a])(?:جنسيته|جنسيتها|لجنسية|للجنسية|الجنسية|جنسية)\s*:?\s*(?:ال)?({ARABIC})(?![\u0621-\u064a])"),
    re.compile(rf"(?<![\u0621-\u064a])[وبل]?(?:ال|لل)?(?:مواطنة?|رعية)\s+(?:ال)?({ARABIC})(?![\u0621-\u064a])"),
)


def nations_in(text: str) -> tuple[str, ...]:
    """The nationalities that a stretch of text states, each once, in its order."""
    matches = [match for cue in _CUES for match in cue.finditer(text)]
    found = sorted((match.start(group), match[group].casefold()) for match in matches for group in (1, match.lastindex or 1))
    codes: dict[str, None] = {}
    for _, word in found:
        half, _, rest = word.rpartition("-")
        if half in _HALVES:
            codes[_HALVES[half]] = None
        codes[NATION_OF[rest]] = None
    return tuple(codes)
