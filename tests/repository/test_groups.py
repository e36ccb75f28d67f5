"""Tests that share a server run in one process of a parallel run."""

import os

import pytest


@pytest.mark.xdist_group("together")
@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="this run is not parallel")
def test_tests_of_one_group_stay_in_one_process(request: pytest.FixtureRequest) -> None:
    """Each server would be started once for each process otherwise, and nobody would notice but by the clock."""
    assert request.node.nodeid.endswith("@together")
