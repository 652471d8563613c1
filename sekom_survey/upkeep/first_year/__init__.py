"""A first year from an export and a member list: the register, the draft of survey.toml, and what is left to confirm."""
