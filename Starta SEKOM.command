#!/bin/sh
# Opens SEKOM in the browser; the first time it is set up as "make report" does, without the report.
cd "$(dirname "$0")" || exit 1
if [ ! -e pyproject.toml ]; then
    echo "Verktygets filer saknas intill. Packa upp hela zip-filen och starta i den uppackade mappen."
    exit 1
fi
if [ ! -e .venv/.ready ] || [ pyproject.toml -nt .venv/.ready ] || [ constraints.txt -nt .venv/.ready ]; then
    found=
    for python in python3.11 python3.13 python3.12 python3; do
        "$python" -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && found=$python && break
    done
    if [ -z "$found" ]; then
        echo "Python 3.11 eller senare saknas. Installera det från python.org eller be IT om det, och starta sedan igen."
        exit 1
    fi
    echo "SEKOM installeras. Det tar ett par minuter. Sedan tar varje start bara en sekund."
    "$found" -m venv .venv &&
        .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e . &&
        touch .venv/.ready || {
        echo "Installationen stannade. Kontrollera att datorn har kontakt med internet, och starta igen."
        exit 1
    }
fi
exec .venv/bin/python -m sekom_survey open "$@"
