"""The matcher's rules, one by one, and the law that evidence stands in the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.match import CHECK, NONANSWER, SURE, UNCODED, Matcher, matchers
from tests.coding.books import EXAMPLE, SMALL, book, matcher

EXAMPLE_MATCHERS = matchers(load_codebook(EXAMPLE)[0])
_LIST = "vi har inte resurser pengar politisk vilja , . - energi- och klimatfrågor brist \U0001f600 får stå tillbaka ringa någon att"
WORDS = st.sampled_from(_LIST.split())


@given(st.lists(WORDS, max_size=25).map(" ".join))
@settings(max_examples=60)
def test_evidence_stands_in_the_text(text):
    """Start and end are code points, in reading order, and every proposed theme has evidence."""
    for coder in EXAMPLE_MATCHERS.values():
        coding = coder.code(text)
        assert all(text[piece.start : piece.end] == piece.found for piece in coding.evidence)
        assert [piece.start for piece in coding.evidence] == sorted(piece.start for piece in coding.evidence)
        assert set(coding.themes) <= {piece.theme for piece in coding.evidence}
        assert len(coding.themes) <= 4


@pytest.mark.parametrize(("text", "themes"), [
    ("Resurserna tryter", ["resurser"]),
    ("resursbrist", ["resurser"]),
    ("budgetarbetet", ["resurser"]),
    ("RESURSER!", ["resurser"]),
    ("Energi- och klimatfrågor", ["energi"]),
    ("klimat- och energifrågorna", ["energi"]),
    ("energi- och solcellsparker", ["energi"]),
    ("Vi saknar också händer", ["resurser"]),
    ("Frågan får tyvärr stå tillbaka", []),
    ("Frågan får stå tillbaka", ["politik"]),
    ("beslut i KS", ["politik"]),
    ("beslut i ks", []),
    ("resurser i naturen", []),
    ("resursstyrning", []),
    ("Det finns en god vilja", []),
    ("tid", ["resurser"]),
    ("pengar, tid och ork", ["resurser"]),
    ("det tar lång tid", []),
    ("polotisk vilja", ["politik"]),
])  # fmt: skip
def test_how_terms_match(tmp_path, text, themes):
    """Endings, compounds, hyphens, gaps, capitals, stop words, conditions, lists, spelling."""
    assert list(matcher(tmp_path, "hinder").code(text).themes) == themes


def test_evidence_says_how(tmp_path):
    """Each way of matching is named, and a spelling fault asks for a look."""
    coder = matcher(tmp_path, "hinder")
    hows = {
        text: coder.code(text).evidence[0].how
        for text in ("resurserna", "tidsbrist", "får stå tillbaka", "energi- och klimatfrågor", "resruser")
    }
    assert list(hows.values()) == ["ordform", "sammansättning", "fras", "bindestreck", "stavning"]
    assert coder.code("resruser").certainty == CHECK
    assert coder.code("resurser").certainty == SURE


def test_lack_is_evidence_of_a_challenge_and_only_sufficiency_cancels(tmp_path):
    """Asked for challenges, "inte" and "saknas" take nothing away."""
    coder = matcher(tmp_path, "hinder")
    assert coder.code("Vi har inga pengar").themes == ("resurser",)
    assert coder.code("Pengar saknas").themes == ("resurser",)
    for text in (
        "Vi saknar inte resurser",
        "Vi har tillräckligt med resurser",
        "Resurserna är inte längre ett problem",
        "Inga problem med resurser",
    ):
        coding = coder.code(text)
        assert coding.state == UNCODED
        assert coding.certainty == CHECK
        assert [piece.theme for piece in coding.cancelled] == ["resurser"]


def test_lack_wishes_and_standstill_cancel_a_value(tmp_path):
    """Asked for value, what is missing or wished for is not there; another clause is not touched."""
    coder = matcher(tmp_path, "nytta")
    for text in (
        "Vi saknar nätverk",
        "Mer samverkan behövs",
        "Samverkan har stannat av",
        "Varken nätverk eller kunskap",
    ):
        assert coder.code(text).themes == (), text
    assert coder.code("Vi saknar nätverk men har fått kunskap").themes == ("kunskap",)
    assert coder.code("Inte bara nätverk").themes == ("natverk",)


def test_a_theme_that_rules_out_takes_its_clause(tmp_path):
    """ "Nätverket är bra men webbinarierna ger oss ingenting": the clause before "men" stands."""
    assert matcher(tmp_path, "nytta").code("Nätverket är bra men webbinarierna ger oss ingenting").themes == (
        "natverk",
        "ingen_nytta",
    )


def test_weak_terms_sharing_a_word_are_no_company(tmp_path):
    """Two terms on one phrase are one piece of evidence; two phrases are two."""
    text = SMALL.replace('"~elnät"', '"~elnät", "~i elnät", "~ström"')
    coder = matcher(tmp_path, "hinder", text)
    assert coder.code("pengar till allt som vi vill bygga ut i elnätet här hemma").themes == ("resurser",)
    assert coder.code("pengar till allt som vi vill bygga ut i elnätet så att strömmen kommer").themes == (
        "resurser",
        "energi",
    )


def test_weak_words_need_company(tmp_path):
    """A weak word in a long clause counts only beside another of its theme, in a list, or when nothing else is there."""
    coder = matcher(tmp_path, "hinder")
    assert coder.code(
        "Vi har lagt ned mycket arbete på energi under året men pengar är svårast att få fram"
    ).themes == ("resurser",)
    assert coder.code("energi, pengar").themes == ("resurser", "energi")
    assert coder.code("Vi har lagt ned mycket arbete på energi, på elnät och annat men pengar är svårast").themes == (
        "resurser",
        "energi",
    )
    alone = coder.code("Vi har lagt ned mycket arbete på energi under året som har gått")
    assert (alone.themes, alone.certainty) == (("energi",), CHECK)


def test_a_last_resort_counts_only_alone(tmp_path):
    """And asks for a look."""
    coder = matcher(tmp_path, "nytta")
    assert coder.code("Vi får hjälp").themes == ("natverk",)
    assert coder.code("Vi får hjälp").certainty == CHECK
    assert coder.code("Vi får hjälp och kunskap").themes == ("kunskap",)


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "--",
        "?",
        ".",
        "vet ej",
        "Vet inte.",
        "nej",
        "se ovan",
        "Inget särskilt",
        "xxx",
        "/",
        "Ingen kommentar",
        "Vet ej i dagsläget",
        "  ",
        "…",
    ],
)
def test_nonanswers_are_a_state_of_their_own(text):
    """Nothing said is not the same as not understood."""
    for coder in EXAMPLE_MATCHERS.values():
        assert coder.code(text).state == NONANSWER


@pytest.mark.parametrize("text", ["Ingen äger frågan", "nej, pengar saknas", "Inget värde alls för oss"])
def test_answers_that_begin_like_nonanswers_are_answers(text):
    """The whole text decides."""
    assert all(coder.code(text).state != NONANSWER for coder in EXAMPLE_MATCHERS.values())


@pytest.mark.parametrize(("question", "text", "themes"), [
    ("utmaning", "Vi saknar inte resurser", ""),
    ("utmaning", "Resurser är inte längre ett problem", ""),
    ("styrka", "Mer samverkan behövs", ""),
    ("utmaning", "Brist på politisk vilja", "politisk_prioritering"),
    ("utmaning", "Klimatfrågan ryker när budgeten ska gå ihop", "resursbrist;politisk_prioritering"),
    ("utmaning", "Miljön får stå tillbaka", "politisk_prioritering"),
    ("varde", "att ha någon att ringa", "natverk_erfarenhetsutbyte"),
    ("utmaning", "tidsbrist", "resursbrist"),
    ("styrka", "kollektivtrafikkort", "mobilitet"),
    ("styrka", "stabila svarta hus", ""),
    ("utmaning", "mål- och resursstyrning", "styrning_uppfoljning"),
    ("utmaning", "inventering", ""),
    ("utmaning", "okunskap", "kompetens"),
])  # fmt: skip
def test_hard_cases_with_the_example_codebook(question, text, themes):
    """The cases known to be hard in Swedish."""
    assert ";".join(EXAMPLE_MATCHERS[question].code(text).themes) == themes


@pytest.mark.parametrize(("question", "text", "themes"), [
    ("utmaning", "Enkäten visar att kommunerna delar flera återkommande utmaningar i omställningsarbetet; resursbrist, politisk prioritering, "
     "organisatoriskt engagemang och transportfrågor återkommer i hela landet.",
     "resursbrist;politisk_prioritering;organisatoriskt_engagemang;transporter"),
    ("utmaning", "Det är i just dessa mellanrum som SEKOM kan göra störst skillnad.", ""),
    ("styrka", "Nätverket rymmer också imponerande styrkor och goda exempel som är redo att spridas vidare:", ""),
    ("styrka", "Natur & biologisk mångfald; naturreservat, våtmarker, klimatanpassning", "natur_biologisk_mangfald"),
    ("styrka", "Strategisk styrning & systematik; styrdokument, miljöledning", "strategisk_styrning"),
    ("styrka", "Samverkan & lokala partnerskap; tvärsektorielt arbete, akademi", "samverkan_partnerskap"),
    ("styrka", "Cirkulära lösningar; återbruk, energieffektivisering", "cirkulara_losningar;energi"),
    ("styrka", "Klimatarbete & nationella initiativ; via bl.a Viable Cities, klimatkontrakt", "klimat_nationella_initiativ"),
])  # fmt: skip
def test_the_plans_own_sentences_code_right(question, text, themes):
    """Every sentence under "Utmaningar och styrkor bland kommunerna"; energy efficiency is energy as well."""
    assert ";".join(EXAMPLE_MATCHERS[question].code(text).themes) == themes


def test_coding_is_the_same_whatever_was_coded_before(tmp_path):
    """Remembered words change nothing."""
    codebook, _ = book(tmp_path)
    texts = ["resurser och politik", "energi- och klimatfrågor", "pengar saknas"]
    used = Matcher(codebook, "hinder")
    for text in texts * 2:
        assert used.code(text) == Matcher(codebook, "hinder").code(text)
    assert SMALL
