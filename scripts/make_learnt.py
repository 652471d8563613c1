"""Learns what the package's sentences teach and stores it in the package: `python scripts/make_learnt.py`, after every change of them."""

from __future__ import annotations

from sekom_survey.coding.learning import learn_to_store
from sekom_survey.coding.stored import STORED, store

if __name__ == "__main__":
    store(learn_to_store())
    print(f"{STORED.name}: {STORED.stat().st_size / 1e6:.1f} MB")
