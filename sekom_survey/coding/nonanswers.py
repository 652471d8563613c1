"""Answers that answer nothing: a state of their own, neither coded nor uncoded."""

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
