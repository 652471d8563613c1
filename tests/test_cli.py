"""What a person at the keyboard meets."""

import zipfile

import pytest
from click.testing import CliRunner

from sekom_survey.cli import main
from tests.waves import answer, make_wave


@pytest.fixture
def folder(tmp_path):
    return make_wave(tmp_path / "mitt år 2026", [answer("Almköping"), answer("Björkvalla")])


def call(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_check_tells_what_there_is_and_that_the_counts_close(folder):
    """Rows, cells and members, in Swedish."""
    done = call("check", folder)
    assert done.exit_code == 0
    assert "2 av 6 kommuner har svarat" in done.output
    assert "Räkningen går ihop." in done.output


def zip_without_workbook(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hej.txt", "hej")


BAD_EXPORTS = {
    "empty": lambda path: path.write_bytes(b""),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:700]),
    "password": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000),
    "no_workbook": zip_without_workbook,
    "huge": lambda path: path.write_bytes(b"x" * 50_000_000),
    "noise": lambda path: path.write_bytes(bytes(range(256)) * 40),
}


@pytest.mark.parametrize("name", BAD_EXPORTS)
@pytest.mark.parametrize("command", ["check", "run"])
def test_a_bad_export_gives_a_clear_message_and_writes_nothing(folder, tmp_path, name, command):
    """Exit code 2, Swedish, no traceback, no report."""
    BAD_EXPORTS[name](folder / "export" / "svar.xlsx")
    words = [command, folder] + (["--reports", tmp_path / "ut"] if command == "run" else [])
    done = call(*words)
    assert done.exit_code == 2, done.output
    assert "FEL" in done.output
    assert "Inget har skrivits" in done.output
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize("change", ["members", "question", "double", "two", "survey"])
def test_a_bad_folder_gives_a_clear_message(folder, change):
    """Missing register, unknown question, doubled member, two exports, broken TOML."""
    members, survey = folder / "members.csv", folder / "survey.toml"
    if change == "members":
        members.unlink()
    elif change == "question":
        survey.write_text(
            survey.read_text(encoding="utf-8").replace("Hur nöjda är ni?", "Hur glada?"), encoding="utf-8"
        )
    elif change == "double":
        members.write_text(
            members.read_text(encoding="utf-8") + "m1,Igen,municipality,member,,,,,,,\n", encoding="utf-8"
        )
    elif change == "two":
        (folder / "export" / "b.csv").write_text("a;b\n", encoding="utf-8")
    else:
        survey.write_text("year = ", encoding="utf-8")
    done = call("check", folder)
    assert done.exit_code == 2
    assert "FEL" in done.output
    assert "Traceback" not in done.output


def test_the_export_may_be_a_swedish_csv_in_any_encoding(folder):
    """cp1252 and UTF-16 with semicolons, as Excel saves them."""
    head = "ID;Starttid;Slutförandetid;E-post;Namn;Vilken kommun svarar du för?;Vilken roll har du?;Vad ger mest värde?;Stöd;Påverkan;Hur nöjda är ni?;Har ni infört något?;Om ja, vad?;Får vi kontakta dig?"
    row = '1;2026-02-03 12:58;2026-02-03 13:08;anonymous;;Björkvalla;Tjänsteperson;"Nätverk;";Stort behov;Litet behov;8;Nej;;Ja'
    (folder / "export" / "svar.xlsx").unlink()
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        (folder / "export" / "svar.csv").write_bytes(f"{head}\n{row}\n".encode(encoding))
        done = call("check", folder)
        assert done.exit_code == 0, (encoding, done.output)
        assert "1 av 6 kommuner har svarat" in done.output


def test_help_speaks_swedish():
    """The commands say what they do."""
    done = call("--help")
    assert "Gör årets rapport" in done.output
