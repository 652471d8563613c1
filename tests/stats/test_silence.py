"""A line that the solver prints by itself does not reach the user, and what we print does."""

import subprocess
import sys

import pytest

TOLD = """
import ctypes, os, sys
import scipy.optimize
from sekom_survey.protected.worlds import silent

solver = scipy.optimize.milp

def talking(*args, **settings):
    ctypes.CDLL(None).printf(b"HighsMipSolverData::something tmpSolver.run();\\n")
    os.write(1, b"HighsMipSolverData\\n")
    return solver(*args, **settings)

print("before")
scipy.optimize.milp = talking
%s
print("after")
"""
WITHOUT_TERMINAL = """
import os
from sekom_survey.protected.worlds import silent
os.close(1)
with silent():
    pass
"""


def said(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the C library is found otherwise there")
def test_the_solver_prints_nothing():
    """Neither at once nor when what C holds back is written at the end; as when the output is a file."""
    assert said(TOLD % "with silent():\n    scipy.optimize.milp([1.0], integrality=[1])") == "before\nafter\n"


def test_without_anywhere_to_print_nothing_stops():
    """A program started by a double-click has no standard output."""
    assert said(WITHOUT_TERMINAL) == ""
