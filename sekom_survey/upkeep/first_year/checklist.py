"""ATT_GORA.md of a first year: what is left to do, in order, in plain Swedish."""

from __future__ import annotations

_HEAD = """# Att göra: {wave}

Mappen är gjord av enkätfilen{list}. Gör stegen i ordning och bocka av dem. Kommandon skrivs i ett terminalfönster i verktygets mapp:
`.venv/bin/sekom …` på Mac och Linux, `.venv\\Scripts\\sekom …` i Windows.

## 1. Bekräfta det som är gissat (10 minuter)

- [ ] Kör `sekom confirm {wave}`. Varje ställe visas med frågans text och kolumn i enkätfilen: Retur om det stämmer, `ä` för att ändra.
      Det går att sluta när som helst; det som är bekräftat är bekräftat.
- [ ] Vilka skillnader mellan grupper ni vill pröva ska bestämmas innan någon har sett resultatet. Det som bestäms efteråt kallas så i rapporten.
"""
_MEMBERS = """
## 2. Medlemsregistret: members.csv (10 minuter)

- [ ] Öppna `members.csv` i Excel. En rad är en medlem; `typ` är kommun eller region, `status` medlem eller observatör.
- [ ] Står det `M001` eller liknande som nummer är namnet ingen svensk kommun: rätta det, eller fyll i län och invånare.
- [ ] Ändra aldrig ett `medlemsnummer`; det är så åren hålls ihop. Den som lämnar får en dag i `medlem till`.
- [ ] Spara som *CSV UTF-8*.
"""
_REST = """
## {check}. Kontrollera (20 minuter)

- [ ] Kör `sekom check {wave}` tills inget står under FEL. Ingenting skrivs, så det går att köra hur ofta som helst.
{names}
## {run}. Gör rapporten (10 minuter)

- [ ] Kör `sekom run {wave}`.
- [ ] `reports/{wave}/internal/report.html` är för kansliet och styrelsen, `reports/{wave}/public/report.html` får spridas.

## {texts}. Läs och koda fritextsvaren

- [ ] Kör `sekom review {wave}`, granska i Excel och läs in med `sekom review {wave} --import review.xlsx --coder AB`.

## {later}. Nästa år

- [ ] Kör `sekom new ÅR --from {wave}`: frågor, register och bekräftade namn följer med.
- [ ] Gallra: `sekom erase {wave}` visar vad som ska bort och när.
"""
_NAMES = "- [ ] Namn som inte känns igen: en rad i `corrections.csv`. `sekom check` säger vad som ska stå där.\n"


def first_checklist(wave: str, members: bool) -> str:
    """The text of ATT_GORA.md for a first year, with or without a register."""
    first = 3 if members else 2
    numbers = {name: first + i for i, name in enumerate(("check", "run", "texts", "later"))}
    head = _HEAD.format(wave=wave, list=" och medlemslistan" if members else "")
    return head + (_MEMBERS if members else "") + _REST.format(wave=wave, names=_NAMES if members else "", **numbers)
