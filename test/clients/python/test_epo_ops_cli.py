"""epo-ops-cli against this server; its two addresses are constants of a module."""

import json

import pytest


@pytest.fixture(scope="module")
def client(server, tmp_path_factory):
    from epo_ops_cli.core import client as module

    home = tmp_path_factory.mktemp("epo")
    module.AUTH = f"{server.base}/3.2/auth/accesstoken"
    module.REST = f"{server.base}/3.2/rest-services"
    module.HOME_DIR = str(home)
    module.LOG = str(home / "usage.log")
    config = home / "config.json"
    config.write_text(json.dumps({"consumer_key": server.key, "consumer_secret": server.secret}))
    return module.OpsClient(str(config))


def test_documents(client):
    from epo_ops_cli.services.docs import DocsService

    docs = DocsService(client)
    assert docs.get("EP1000000A1")["docs"][0] == {"pn": "EP1000000A1", "has_abstract": True}
    assert "<claims" in docs.get("EP1000000A1", "claims")["xml"]
    assert {part["part"] for part in docs.fulltext_inquiry("EP1000000A1")["parts"]} == {"claims", "description"}
    found = docs.abstracts(["EP1000000A1", "EP2000001A1"])
    assert found["EP2000001A1"] == "A lantern."


def test_search(client):
    from epo_ops_cli.services.search import SearchService

    search = SearchService(client)
    assert search.search("pa=IBM", 5)["total"] == 130
    assert "lantern" in search.search_with_abstracts("pa=IBM", 3)["xml"]
    assert client.quota_state


def test_classification(client):
    from epo_ops_cli.services.classification import ClassificationService

    classes = ClassificationService(client)
    shown = classes.schema("F21L4/00", ancestors=True)
    assert (shown["status"], "F21L4/00" in shown["symbols"]) == (200, True)
    hits = classes.keyword_search("lantern")
    assert hits["results"][0]["symbol"] == "F21L4/00"
