# SPDX-License-Identifier: EUPL-1.2
"""Given names that make a sequence of words a person's name: frequent ones of the Maghreb, the Middle East and Europe.

They are cues, not a register: a name that is missing here is found by the words around it. Latin ones are folded
(small letters, no accents), Arabic ones written as they are without vowel marks.
"""

from __future__ import annotations

import unicodedata

_LATIN = """
mohamed mohammed mouhamed muhammad mohamad mehmet ahmed ahmad mahmoud hamid hamed abdelhamid hassan hasan houcine hussein hocine
ali omar oumar umar othman otmane youssef yousef yusuf joseph ibrahim brahim ismail ismael khalid khaled said rachid rashid karim
kareem hicham hisham mehdi mahdi amine amin anas anouar anwar ayoub badr bilal bilel driss idriss idris fouad fuad hakim hamza
hatem ilyas ilyes issam imad jamal jamel kamal kamel lahcen lhoussaine marouane mokhtar mounir mourad mustapha mustafa moustapha
nabil nabile nadir nasser nizar noureddine oussama osama othmane rabah rafik redouane reda rida riad ridouan saad salah salim
samir sami sofiane soufiane taha tarik tariq tarek taoufik walid yassine yassin younes younous zakaria zakariya ziad abdellah
abdallah abdullah abderrahim abderrahmane abdelaziz abdelkader abdelkarim abdelilah abdelhak abdelmalek abdessamad abdeslam
abdelhadi abdelali abderrazak fatima fatiha fatna aicha khadija zineb zaineb zainab maryam mariam meryem amina naima nadia samira
sanaa salma sara sarah soukaina souad hanane houda hind ikram imane ilham karima khaoula laila leila latifa loubna malika mina
mouna najat nawal noura rachida rajae rim saida salima siham wafa yasmina zahra zohra hajar asmae assia bouchra dounia ghita
halima hafsa jean pierre paul jacques michel andre philippe alain bernard patrick nicolas christophe laurent julien thomas antoine
alexandre maxime guillaume sebastien olivier francois stephane vincent frederic eric david daniel marc bruno pascal thierry gerard
claude henri louis lucas hugo theo mathieu matthieu romain kevin quentin benjamin corentin lucien etienne gilles herve yves serge
xavier cedric fabien marie jeanne nathalie isabelle sylvie catherine valerie sandrine stephanie celine julie aurelie emilie
camille lea chloe manon pauline sophie claire anne helene veronique martine christine monique francoise brigitte elodie laura
charlotte mathilde alice louise john james robert william richard charles michael peter george edward henry andrew mark stephen
simon martin jack oliver harry mary elizabeth jane emma emily anna susan helen margaret jennifer linda karen nicole rachel jose
juan carlos antonio manuel francisco javier miguel luis pedro jesus alejandro diego fernando sergio pablo jorge alvaro joao tiago
rui paulo nuno giuseppe giovanni marco luca matteo andrea stefano roberto hans klaus jurgen dirk jan pieter willem ivan dmitri
sergei aleksandr andrei piotr tomasz mamadou moussa ousmane amadou cheikh ibrahima abdoulaye boubacar modou aminata fatou
"""
_ARABIC = """
محمد أحمد احمد محمود حامد حميد حسن الحسن حسين الحسين علي عمر عثمان يوسف إبراهيم ابراهيم إسماعيل اسماعيل خالد سعيد رشيد كريم هشام
مهدي المهدي أمين امين أنس انس أنور انور أيوب ايوب بدر بلال إدريس ادريس فؤاد حكيم حمزة حاتم إلياس الياس عصام عماد جمال كمال لحسن
الحسان مروان مختار المختار منير مراد مصطفى المصطفى نبيل نادر ناصر نزار أسامة اسامة رابح رفيق رضوان رضى رضا رياض سعد صلاح سالم سليم
سمير سامي سفيان طه طارق توفيق وليد ياسين ياسر يونس زكرياء زكريا زياد عبدالله عادل عزيز العربي البشير الطيب الطاهر بوشعيب بوعزة
حفيظ حسام جواد جابر جلال خليل داود ربيع زهير سهيل شكيب شريف صابر صالح عباس عزالدين نورالدين بدرالدين عيسى موسى فريد فيصل قاسم لطفي
ماجد مبارك محسن معاذ نوفل هارون هيثم فاطمة فطيمة فتيحة عائشة خديجة زينب مريم أمينة امينة نعيمة نادية سميرة سناء سلمى سارة سكينة
سعاد حنان هدى هند إكرام اكرام إيمان ايمان إلهام الهام كريمة خولة ليلى لطيفة لبنى مليكة أمينة منى نجاة نوال نورة رشيدة رجاء ريم
سعيدة سليمة سهام وفاء ياسمينة الزهراء زهرة هاجر أسماء اسماء آسية بشرى دنيا غيثة حليمة حفصة جان بيير ميشال فيليب نيكولا لوران
جوليان توماس أنطوان ماري صوفي جون خوان كارلوس أنطونيو لوسيان كورنتان
"""


def folded(word: str) -> str:
    """A Latin word in small letters without accents."""
    if word.isascii():
        return word.casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


LATIN_GIVEN = frozenset(_LATIN.split())
ARABIC_GIVEN = frozenset(_ARABIC.split())


def is_latin_given(word: str) -> bool:
    """Whether a Latin word, or the first half of a double name, is a frequent given name."""
    return folded(word).partition("-")[0] in LATIN_GIVEN
