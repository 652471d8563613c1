"""A first year from an export and a member list: the register, the draft of survey.toml, and what is left to confirm.

plan.plan, plan.create         what would be made, and the folder
places.marks_of, places.settle what is left to confirm with its fields, and one place confirmed
ask.confirm_places             the same in the terminal
"""
