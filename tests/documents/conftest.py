"""Both builds of the example, for every test here."""

from __future__ import annotations

import os

import pytest

from tests.documents.made import BUILDS, make


@pytest.fixture(scope="session")
def builds(tmp_path_factory):
    base = tmp_path_factory.getbasetemp()
    return make(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session", params=BUILDS)
def build(request, builds):
    return builds[request.param]
