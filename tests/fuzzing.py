"""Files as careless people and broken programs leave them: a good one with lines, values and bytes exchanged."""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# More inputs by hand: FUZZ_EXAMPLES=10000 python -m pytest tests/test_hostile.py -k damage
FUZZ = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "120")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)

TOKENS = st.sampled_from(
    [
        "",
        "=1+1",
        "-",
        "²",
        "½",
        "٣",
        "1e999",
        "nan",
        "inf",
        "-1",
        "0",
        "99999999999999999999",
        "9" * 5000,
        "2026-13-45",
        "0000-00-00",
        "2026-02-30",
        "2026-W01",
        "10000-01-01",
        "true",
        "[]",
        "{}",
        '""',
        '"x"',
        "'",
        '"',
        '"""',
        "\x00",
        "\ufeff",
        "\u200b",
        "\ud7ff",
        "å" * 200,
        "x" * 140_000,
        "../../etc",
        "C:\\",
        "%s{}",
        "match",
        "strike",
        "kommun",
        "region",
        "member",
        "Almköping",
        "m1",
        "satisfaction",
        "need_support",
        ";",
        ",",
        "\t",
        "\r",
        "[[items]]",
        "[scales]",
        "[items.rows]",
        'kind = "scale"',
        "id = 3",
        "options = [1, 2]",
        'options = ["a", "a"]',
        'asked_if = {item = "x"}',
        "low = 10",
        "high = -1",
        "top = 99",
        "max = 0",
        'reader = "sas"',
        "[reader_options]",
        "minimum_base = 0",
        "limits = []",
        "[size_limits]",
        "year = 1",
        'text = "=cmd|x"',
        "a" * 70 + ".b",
        "~/.ssh",
        "sep=;",
        'terms = ["(((", "a*b*c", "~", "~5 x", "<", "a ~", "=", "*"]',
        'version = "x"',
        'merged_into = "resursbrist"',
        "frame_date = 2026-01-01T10:00:00",
        "0x10",
        "1_000",
    ]
)
WORDS = st.one_of(TOKENS, st.text(max_size=8))
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["replace", "insert", "delete", "double", "cut", "value", "cell", "swap"]),
        st.integers(0, 10_000),
        WORDS,
    ),
    min_size=1,
    max_size=6,
)
BYTES = st.lists(st.tuples(st.integers(0, 1_000_000), st.integers(0, 255)), max_size=3)


def spoilt(text, edits, flips=()):
    """The bytes of `text` after some edits of its lines and some of its bytes."""
    lines = text.split("\n")
    for kind, place, word in edits:
        if not lines:
            break
        at = place % len(lines)
        lines[at : at + 1] = _edited(kind, lines[at], place, word, lines)
    data = bytearray("\n".join(lines).encode("utf-8", "surrogatepass"))
    for place, value in flips:
        if data:
            data[place % len(data)] = value
    return bytes(data)


def _edited(kind, line, place, word, lines):
    if kind == "value":
        return [line.partition("=")[0] + "= " + word]
    if kind == "cell":
        mark = ";" if ";" in line else ","
        cells = line.split(mark)
        cells[place % len(cells)] = word
        return [mark.join(cells)]
    return {
        "replace": [word],
        "insert": [word, line],
        "delete": [],
        "double": [line, line],
        "cut": [line[: place % (len(line) + 1)]],
        "swap": [line, lines[place % len(lines)]],
    }[kind]
