"""What the checks share: where the server is, and a client id for it."""

import os
from types import SimpleNamespace

import pytest


@pytest.fixture(scope="session")
def server():
    return SimpleNamespace(
        base=os.environ["OPS_BASE"],
        key=os.environ["OPS_KEY"],
        secret=os.environ["OPS_SECRET"],
        small_key=os.environ["OPS_SMALL_KEY"],
        small_secret=os.environ["OPS_SMALL_SECRET"],
        slow_key=os.environ["OPS_SLOW_KEY"],
        slow_secret=os.environ["OPS_SLOW_SECRET"],
    )
