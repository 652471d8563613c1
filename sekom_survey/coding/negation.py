"""What cancels a theme depends on the question, and the words that part clauses and the pieces of a list.

Asked for challenges, lack IS the evidence, so only sufficiency cancels; asked for strengths or value, lack, wishes
and standstill cancel. The cues are terms in the language of the codebook; a cue works within its clause.
"""

from __future__ import annotations

import re

LONGEST = 60
_NOTHING = re.compile(
    r"(?:nej|nix|nä|nope|ja|jo|inget|inga|ingenting|ingen|none|n/?a|null|nil|tom|blank|pass|"
    r"ej aktuellt|inte aktuellt|ej relevant|ej tillämpligt|ingen(?: särskild| speciell)?(?: kommentar| åsikt| uppfattning| synpunkt)?|"
    r"inga(?: särskilda| speciella)?(?: kommentarer| synpunkter| åsikter| förslag| idéer)?|"
    r"(?:inget|ingenting)(?: särskilt| speciellt| annat| mer| övrigt| nytt)?(?: att (?:tillägga|säga|nämna|rapportera|lyfta))?|"
    r"(?:vi |jag )?(?:vet|minns|kan|har) (?:ej|inte|inget|ingen aning)(?: riktigt| ännu| säkert| svara| svara på det| uttala (?:mig|oss)|"
    r" just nu| i dagsläget| i nuläget| än)*|osäker|osäkert|oklart|ingen aning|har ingen(?: aning| uppfattning)|"
    r"(?:se|jfr|läs) (?:ovan|ovanstående|föregående|tidigare|svar(?:et)? (?:ovan|på .{1,20})|fråga \d+|förra .{1,12})(?: svar| fråga)?|"
    r"(?:samma|samma svar) som (?:ovan|förra.{0,12}|föregående.{0,12}|tidigare.{0,12}|i fjol)|dito|d:o|som ovan|"
    r"kommer inte på (?:något|nåt|någon)(?: just nu| särskilt)?|svårt att (?:säga|svara)(?: på)?|inte vad jag vet|test|"
    r"[x]+|[a-z]|hej|ok|okej|vet)"
    r"(?: tyvärr| tack| just nu| i dagsläget| för närvarande)?"
)
_EDGES = " \t\r\n.,;:!?…-–—_/\\*\"'”()=+#~"


def is_nonanswer(text: str) -> bool:
    """Whether a text is punctuation only or one of the fixed ways to say nothing."""
    if len(text) > LONGEST:
        return False
    core = " ".join(text.lower().split()).strip(_EDGES)
    return not core or _NOTHING.fullmatch(core) is not None or not any(letter.isalnum() for letter in core)


LACK_COUNTS, LACK_CANCELS = "lack_counts", "lack_cancels"
REACH_BEFORE, REACH_AFTER = 7, 6

_SUFFICIENCY_BEFORE = (
    "tillräckligt",
    "tillräcklig",
    "tillräckliga ",
    "gott om",
    "inga/inget/ingen ... problem",
    "inga/inget/ingen ... utmaning",
    "inga/inget/ingen ... hinder",
    "inga/ingen ... svårighet",
    "=inte/aldrig brist",
    "=ingen brist",
    "=inte =saknar/saknas/lider",
    "saknar/saknas/lider =inte",
    "=inte =bristen",
    "bra/gott stöd från",
    "nöjda med",
    "väldigt bra",
    "råder =ingen",
    "tack vare",
    "det är inte bristen",
    "vi har god/goda/gott/bra",
    "det finns en/ett/gott/god/goda/bra",
    "=inte =så =mycket",
    "=inte =i =första =hand",
)
_SUFFICIENCY_AFTER = (
    "fungerar bra/väl/utmärkt/fint/toppen",
    "funkar bra/fint",
    "är bra/god/goda/gott/tydlig/tydligt/tydliga/stark/starkt/starka/välfungerande",
    "är =inte <3> problem",
    "är =inte ... utmaningen/utmaning/hinder/hindret/bristen",
    "är =inget/ingen/inga <2> problem/utmaning/hinder",
    "är <1> med på tåget &! inte",
    "är med oss &! inte",
    "=har =vi =så =det =räcker",
    "så det räcker",
    "räcker till =och =blir",
    "=har =vi =gott",
    "finns =och",
    "finns ändå",
    "finns på plats",
    "finns redan",
    "finns det =gott",
    "är på plats",
    "är =inte det =svåra",
    "rullar på",
    "är =inte =längre",
    "har =vi gott om",
    "är löst/lösta",
    "är =inte där",
    "går bra",
    "går framåt",
    "inga problem",
    "är =inte =det =som",
    "har =vi",
    "saknas =inte",
    "saknas =det =inte",
    "är =det =inte brist",
)
_LACK_BEFORE = (
    "saknar/saknas/saknade",
    "varken",
    "=inga",
    "=inget",
    "=ingen",
    "=inte &! bara/enbart/endast/minst",
    "ej",
    "aldrig",
    "brist på",
    "brister i/på",
    "avsaknad",
    "behöver/behövs mer/bättre/fler/mera/ökad",
    "=mer",
    "=mera",
    "önskar/önskas/önskan",
    "efterfrågar",
    "skulle =vilja",
    "skulle behöva/behövas",
    "borde",
    "dålig/dåligt/dåliga",
    "svagt/svag/svaga",
    "svårt =att",
    "knappt",
    "knappast",
    "för =lite",
    "för =få",
    "=vill =ha",
)
_LACK_AFTER = (
    "saknas",
    "=har stannat av",
    "avstannat",
    "=ligger =nere",
    "=lagts =ner",
    "=ligger =i träda",
    "behövs &! längre",
    "behöver ... bli/utvecklas/förbättras/stärkas",
    "=fungerar =inte",
    "=funkar =inte",
    "=är =inte",
    "=har =vi =inte",
    "=har =inte",
    "=finns =inte",
    "=når =inte",
    "=ger =oss =ingenting",
    "=ger =inget",
    "=ger =inte",
    "=ger ... =ingenting",
    "=är =dålig",
    "=är =dåligt",
    "=är =dåliga",
    "=är =svag",
    "=är =svagt",
    "önskas",
    "efterfrågas",
    "brister",
    "kunde =vara =bättre",
    "kan =bli =bättre",
    "skulle ... bättre",
    "lämnar ... önska",
    "=märker =vi ... =inte",
    "=märks =inte",
    "=märker ... =inte",
    "=använder =vi =inte",
    "=hinner =vi =inte",
    "=är ... =inget",
)

BEFORE = {LACK_COUNTS: _SUFFICIENCY_BEFORE, LACK_CANCELS: _LACK_BEFORE}
AFTER = {LACK_COUNTS: _SUFFICIENCY_AFTER, LACK_CANCELS: _LACK_AFTER}
CLAUSE_WORDS = frozenset({"men", "fast", "däremot", "dock", "medan", "utan", "samtidigt", "eftersom", "ändå"})
JOINING = frozenset(["och", "samt", "eller", "men", "&", "plus", "+", "både", "mm", "etc", "osv"])
