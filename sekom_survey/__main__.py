"""python -m sekom_survey."""

from sekom_survey.cli import main

main(prog_name="sekom")
