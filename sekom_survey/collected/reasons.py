"""Why a file cannot be opened, as it is told in Swedish: by code, what was found and what to do."""

from __future__ import annotations

from sekom_survey.model import Problem, Unusable

NEW_EXPORT = "Exportera svaren på nytt som xlsx eller csv."
SAVE_AS = "Öppna den i Excel och välj Spara som: Excel-arbetsbok (xlsx)."
REASONS = {
    "broken": (
        "file_broken",
        "Arbetsboken är skadad eller ofullständig.",
        "Hämta filen på nytt från enkätverktyget; kopieringen kan ha avbrutits.",
    ),
    "encrypted": (
        "file_encrypted",
        "Arbetsboken är skyddad med lösenord.",
        "Öppna den i Excel, ta bort lösenordet och spara igen.",
    ),
    "archive": (
        "file_not_workbook",
        "Filen är ett zip-arkiv, men inte med en enda svarsfil i.",
        "Packa upp arkivet och lägg filen med svaren här.",
    ),
    "html": ("file_html", "Filen är en webbsida (HTML), vad den än heter.", SAVE_AS),
    "spreadsheetml": (
        "file_spreadsheetml",
        "Filen är ett kalkylblad i XML från Excel 2003, vad den än heter.",
        SAVE_AS,
    ),
    "flat_ods": (
        "file_flat_ods",
        "Filen är ett platt kalkylblad från LibreOffice (fods).",
        "Öppna den i LibreOffice och välj Spara som: ODF-kalkylblad (ods).",
    ),
    "xml": ("file_xml", "Filen är XML och ingen tabell.", NEW_EXPORT),
    "json": ("file_json", "Filen är JSON och ingen tabell.", NEW_EXPORT),
    "pdf": ("file_pdf", "Filen är en PDF; ur den går svaren inte att läsa säkert.", NEW_EXPORT),
    "packed": ("file_packed", "Filen är packad (gz, 7z eller rar).", "Packa upp den och lägg filen med svaren här."),
    "picture": ("file_picture", "Filen är en bild.", NEW_EXPORT),
    "document": ("file_document", "Filen är ett dokument och inget kalkylblad.", NEW_EXPORT),
    "xlsb": ("file_xlsb", "Filen är en binär Excelbok (xlsb).", SAVE_AS),
    "numbers": (
        "file_numbers",
        "Filen är från Numbers.",
        "Öppna den i Numbers och välj Arkiv, Exportera till, Excel.",
    ),
    "xls": ("xls_old", "Filen är i ett gammalt Officeformat och går inte att läsa.", SAVE_AS),
    "entities": (
        "file_entities",
        "Arbetsboken innehåller XML-deklarationer som Excel aldrig skriver.",
        NEW_EXPORT + " Öppna inte den här filen.",
    ),
    "too_large": (
        "file_too_large",
        "Filen är större uppackad än en enkät kan vara.",
        NEW_EXPORT + " Ta bort blad, rader och kolumner som inte hör till enkäten.",
    ),
    "not_text": ("file_not_text", "Filen är varken en Excelbok eller läsbar text.", NEW_EXPORT),
    "encoding": (
        "file_encoding",
        "Filen går inte att läsa med den teckenkodning som anges.",
        "Rätta eller ta bort encoding under [reader_options].",
    ),
    "long_cell": (
        "file_long_cell",
        "En cell är längre än något svar: över 131 000 tecken. Ofta saknar ett citattecken sitt par.",
        "Korta texten, eller exportera svaren på nytt som xlsx.",
    ),
    "quotes": (
        "file_quotes",
        "Ett citattecken saknar sitt par, så filen går inte säkert att dela i celler.",
        "Exportera svaren på nytt, helst som xlsx.",
    ),
}


def unusable(reason: str, shown: str, where: str = "") -> Unusable:
    """The reason as what a reader raises."""
    code, found, todo = REASONS[reason]
    return Unusable([Problem(code, shown, where, found, todo)])
