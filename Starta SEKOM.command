#!/bin/sh
# Opens SEKOM in the browser; the first time it is set up as "make report" does, without the report.
cd "$(dirname "$0")" || exit 1
if [ ! -e .venv/.ready ] || [ pyproject.toml -nt .venv/.ready ] || [ constraints.txt -nt .venv/.ready ]; then
    python=$(command -v python3.11 || command -v python3) || {
        echo "Python 3.11 saknas. Installera det från python.org eller be IT om det, och starta sedan igen."
        exit 1
    }
    echo "SEKOM installeras. Det tar ett par minuter, bara första gången."
    "$python" -m venv .venv &&
        .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e . &&
        touch .venv/.ready || {
        echo "Installationen stannade. Kontrollera att datorn har kontakt med internet, och starta igen."
        exit 1
    }
fi
exec .venv/bin/python -m sekom_survey open "$@"
