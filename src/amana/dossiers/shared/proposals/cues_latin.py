# SPDX-License-Identifier: EUPL-1.2
"""French and English words around persons' names: what announces one, what goes on inside it, what is never one."""

from __future__ import annotations

import re

PARTICLES = frozenset(
    """
    el al ben bin bint ibn ould oulad ouled ait aït abd abdel abdul abou abu bou bel oum umm um si sidi lalla moulay d' de du des
    da dos das do di del della la le van von der den ter
    """.split()
)
CHAINED = PARTICLES - frozenset("la le de du des d'".split())  # may begin a name by themselves, also in small letters

# a name follows; the first group is a cue after which a single word is enough
PERSON_NOUNS = (
    r"individu|homme|femme|personne|suspecte?|passagère?|passager|conducteur|conductrice|voyageur"
    r"|voyageuse|victime|témoin|intéressée?|frère|sœur|père|mère"
    r"|fils|fille|épouse|époux|cousin|complice|gérante?|titulaire|utilisateur|mise?\s+en\s+cause|fugitif"
    r"|man|woman|individual|person|passenger"
    r"|driver|victim|witness|brother|sister|father|mother|son|daughter|wife|husband|user|subject|fugitive|certain"
)
ANNOUNCING: tuple[re.Pattern[str], ...] = (
    re.compile(r"\b(?i:l[ea]s?|du|au|aux|des|une?|l[ea]\s+dite?)\s+(?:(?:sus|pré)?nommée?s?|dénommée?s?|surnommée?s?|sieur|dame)\s+"),
    re.compile(rf"\b(?i:{PERSON_NOUNS})\s+(?:nommée?|dénommée?|named|called|répondant au nom d[e'])\s*"),
    re.compile(
        r"\b(?:MM\.|M\.|Mme\.?|Mmes|Mlle\.?|Mr\.?|Mrs\.?|Ms\.?|Messrs\.?|Miss|Monsieur|Madame|Mademoiselle|Messieurs)\s+(?:et\s+Mme\s+)?"
    ),
    re.compile(
        r"\b(?:répondant au nom de|se nommant|s'appelant|identifiée?s? comme(?:\s+étant)?|identified as"
        r"|in the name of Mr|goes by the name of)\s+"
    ),
    re.compile(
        r"\b(?:Nom(?:\s+et\s+prénoms?)?|Nom\s*/\s*prénom|Prénom\s+et\s+nom|Identité|Full name|Name|Surname and given names?)\s*:\s*"
    ),
)
LABELLED = re.compile(  # two words are wanted after these: what a form says may be something else
    r"\b(?:Titulaire|Gérante?|Conduct(?:eur|rice)|Passag(?:er|ère)|Bénéficiaire|Suspecte?|Victime|Utilisat(?:eur|rice)|Holder|Driver|Passenger"
    r"|Beneficiary|Victim|User|Subscriber|Abonnée?)\s*:\s*",
    re.IGNORECASE,
)
PLACED = re.compile(r"\b(?:à|au|aux|en|vers|depuis|in|at|from|near|to|into|towards?)\s+$", re.IGNORECASE)
PLURAL = re.compile(r"(?:MM\.|Mmes|Messrs\.?|Messieurs|nommée?s|dénommée?s)\s*$")
ALSO_CALLED = re.compile(
    r"\s*[,(]?\s*(?:alias|a\.?k\.?a\.?|dite?|surnommée?|connue? sous (?:le nom|l'alias) d[e']"
    r"|also known as|known as|nicknamed|kunya)\s*:?\s*[«\"“']?\s*",
    re.IGNORECASE,
)

_POSTS = (
    r"commissaire|commandante?|capitaine|lieutenante?|colonel|général|brigadier|major|inspect(?:eur|rice)|officier|agent|juge|magistrate?"
    r"|procureure?|substitute?|avocate?|bâtonnier|greffi(?:er|ère)|notaire|(?:sous-)?préf(?:et|ète)|gouverneur|wali|caïd|pacha|maire|députée?"
    r"|sénat(?:eur|rice)|ministre|secrétaire|conseill(?:er|ère)|ambassad(?:eur|rice)|consule?|présidente?|(?:sous-)?direct(?:eur|rice)|cheffe?"
    r"|maître|Me|Dr|docteure?|professeure?|Pr|roi|reine|attachée?|contrôleu(?:r|se)|adjointe?|responsable|commissioner|superintendent"
    r"|inspector|captain|sergeant|constable|judge|magistrate|prosecutor|lawyer|minister|secretary|governor|mayor|ambassador|consul|director"
    r"|president|head|officer|detective|attaché|king|queen"
)
_QUALITY = r"(?:\s+(?:général|divisionnaire|principal|chef|de police|adjoint|of police|liaison))*"

# Shapes are not names where a place, a thing or a post stands before them …
NOT_AFTER = re.compile(
    r"(?:\b(?:rue|avenue|av\.|boulevard|bd|place|impasse|allée|chemin|quai|pont|aéroport|gare|lycée|collège|école|université|hôpital|clinique"
    r"|stade|mosquée|port|ville|commune|quartier|hôtel|café|restaurant|square|tribunal|prison|fondation|institut|musée|opération|projet"
    r"|logiciel|groupe|navire|société|entreprise|association|street|road|airport|hospital|university|school|hotel|operation|project|ship|vessel"
    r"|company|group)(?:\s+(?:international|de|du|d'|la|le|des|of))*"
    rf"|\b(?:{_POSTS}){_QUALITY})[\s:]*$",
    re.IGNORECASE,
)
# … or where a post follows, or was said of the same person just before
A_POST = re.compile(
    rf"\s*[,(]\s*(?:(?:le|la|the|a|an|son|notre|votre|our|your|premi(?:er|ère)|vice|liaison|police|senior)[\s-]+)*(?:{_POSTS})\b",
    re.IGNORECASE,
)
POST_BEFORE = re.compile(
    rf"\b(?:{_POSTS})(?:\s+[\w'-]+){{0,5}},\s*(?:M\.|Mme|Mr\.?|Mrs\.?|Ms\.?)?\s*$",
    re.IGNORECASE,
)

# never a part of a name: folded
NOT_NAMES = frozenset(
    """
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january february march april may june
    july august september october november december lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday
    thursday friday saturday sunday ne nee nes born alias dit dite aka miss commissioner superintendent sergeant detective roi
    reine king queen maitre suspect victim victime monsieur madame m mme mr mrs ms mlle msgr police gendarmerie direction
    directeur directrice directorate director general generale generalites ministere ministre ministry minister prefecture prefet
    service services bureau office brigade unite division section departement department commissariat commissaire tribunal court
    cour parquet procureur prosecutor juge judge ambassade embassy consulat consulate ambassadeur ambassador president royaume
    kingdom republique republic etat state nation nations union agence agency interpol europol onu ue eu dgsn dgst dgpn dgsi dcpj
    sdlp dnpj pj pn gn uclat raid bri bnrc bcij douane douanes customs sureté surete securite security cooperation accord article
    note reference ref objet subject dossier demande request reponse answer iban bic imei imsi sim gsm vin mmsi imo omi rib cnie
    cin nom prenom name surname passeport passport carte visa permis telephone phone vehicule vehicle navire vessel societe
    company association sarl sas sa renault peugeot citroen dacia mercedes bmw audi volkswagen vw toyota ford fiat opel seat skoda
    nissan hyundai kia volvo scania man iveco daf tesla jeep range land rover yamaha honda suzuki kawasaki logan duster clio
    megane partner berlingo sprinter kangoo golf polo transit france maroc morocco algerie algeria tunisie tunisia espagne spain
    italie italy belgique belgium allemagne germany portugal pays-bas paris marseille lyon sete tanger tangier rabat casablanca
    fes fez meknes agadir oujda tetouan nador sale kenitra marrakech marrakesh algesiras algeciras malaga madrid barcelone
    barcelona bruxelles brussels lille toulouse nice nantes strasbourg perpignan montpellier bordeaux dunkerque calais orly roissy
    villepinte londres london dubai istanbul alger tunis med port gare aeroport airport rue avenue boulevard place quartier cite
    hay est ouest nord sud north south east west europe afrique africa mediterranee atlantique le la les l un une des ce cette il
    elle ils elles on nous vous je son sa ses leur the a an this that he she they we you it his her their et ou and or en au aux
    dans par pour sur avec sans selon lors apres avant depuis in at on by for with from of to is was has cafe hotel restaurant bar
    garage pont villa residence camping centre center stade club ecole lycee college hopital clinique universite banque bank
    credit groupe group operation projet project annexe annex page tel fax mail email nb pm prefet sous-prefet gouverneur wali
    caid pacha maire depute senateur secretaire conseiller conseillere cheffe adjoint adjointe
    controleur governor mayor secretary constable prefet substitut docteur dr me pr chef
    attache officier officer agent inspecteur inspector capitaine captain commandant colonel lieutenant brigadier major general
    excellence honneur honorable votre your whatsapp telegram facebook signal instagram tiktok snapchat google gmail microsoft
    apple samsung iphone xiaomi android windows linux orange inwi bouygues sfr free western moneygram paypal binance urgent secret
    confidentiel diffusion restreinte tlp rouge vert ambre amber red green clear tres
    """.split()
)
