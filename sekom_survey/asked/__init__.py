"""What was asked, and of whom: survey.toml, members.csv, corrections.csv in; a Wave out."""
