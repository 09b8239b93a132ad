"""Fixtures that the package's own tests ask for and its source distribution does not bring."""

import os

import pytest
from epo_ops import Client
from epo_ops.middlewares import Dogpile, Throttler
from epo_ops.middlewares.throttle.storages import SQLite

KEY = os.environ["OPS_KEY"]
SECRET = os.environ["OPS_SECRET"]

# These modules speak for a server of their own at the real address.
MOCKED = ("test_ops_quota", "test_raise_for_status")


@pytest.fixture(autouse=True)
def address(request, monkeypatch):
    if request.module.__name__.split(".")[-1] in MOCKED:
        return
    base = os.environ["OPS_BASE"]
    monkeypatch.setattr(Client, "__auth_url__", f"{base}/3.2/auth/accesstoken")
    monkeypatch.setattr(Client, "__service_url_prefix__", f"{base}/3.2/rest-services")


@pytest.fixture
def storage(tmp_path):
    return SQLite(str(tmp_path / "throttle.db"))


@pytest.fixture
def default_client(storage):
    return Client(KEY, SECRET, middlewares=[Throttler(storage)])


@pytest.fixture
def dogpile_client(storage):
    return Client(KEY, SECRET, middlewares=[Dogpile(), Throttler(storage)])


@pytest.fixture(params=["default_client", "dogpile_client"])
def all_clients(request):
    return request.getfixturevalue(request.param)


clients = all_clients


@pytest.fixture(params=["dogpile_client"])
def cached_clients(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["default_client"])
def non_cached_clients(request):
    return request.getfixturevalue(request.param)
