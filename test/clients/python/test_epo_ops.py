"""python-epo-ops-client against this server; only its address is changed."""

import time

import epo_ops
import pytest
from epo_ops.exceptions import IndividualQuotaPerHourExceeded, RegisteredQuotaPerWeekExceeded
from epo_ops.middlewares import Throttler
from epo_ops.models import Docdb, Epodoc, Original
from requests.exceptions import HTTPError

EP = Docdb("1000000", "EP", "A1")


def client_for(server, key=None, secret=None, **options):
    epo_ops.Client.__auth_url__ = f"{server.base}/3.2/auth/accesstoken"
    epo_ops.Client.__service_url_prefix__ = f"{server.base}/3.2/rest-services"
    options.setdefault("middlewares", [])
    return epo_ops.Client(key or server.key, secret or server.secret, **options)


@pytest.fixture
def client(server):
    return client_for(server)


def test_token_is_fetched_and_fetched_again_when_stale(client):
    first = client.access_token.token
    assert client.access_token.is_expired is False
    client.access_token.token = "stale"
    assert client.published_data("publication", EP).status_code == 200
    assert client.access_token.token not in ("stale", first)


def test_stale_token_in_a_family_and_in_a_search(client):
    for call in (lambda: client.family("publication", EP), lambda: client.published_data_search("pa=IBM", 5, 6)):
        client.access_token.token = "stale"
        assert call().status_code == 200


def test_wrong_secret(server):
    with pytest.raises(HTTPError) as refused:
        client_for(server, secret="wrong").published_data("publication", EP)
    assert refused.value.response.status_code == 401


def test_published_data(client):
    expected = {
        "biblio": "<invention-title lang=\"en\">Apparatus for manufacturing green bricks",
        "abstract": "<abstract lang=\"en\">",
        "claims": "<claim-text>1. Apparatus for manufacturing",
        "description": "<p>[0001] The invention relates",
        "fulltext": "desc=\"claims\"",
        "equivalents": "<doc-number>US6093011</doc-number>",
    }
    for endpoint, text in expected.items():
        answer = client.published_data("publication", EP, endpoint=endpoint)
        assert text in answer.text, endpoint
        assert answer.headers["X-API"] == "ops-v3.2"
    whole = client.published_data("publication", Epodoc("EP1000000"), constituents=["full-cycle"])
    assert "kind=\"B1\"" in whole.text
    assert "exchange-document" in client.published_data("application", Epodoc("EP19990203729")).text


def test_bulk_of_mixed_forms(client):
    answer = client.published_data("publication", [EP, Epodoc("US2018265402")])
    assert answer.status_code == 200
    assert "doc-number=\"2018265402\"" in answer.text
    hundred = [Docdb(f"2{index:06d}", "EP", "A1") for index in range(100)]
    assert client.published_data("publication", hundred).text.count("<exchange-document ") == 100


def test_search_with_ranges(client):
    answer = client.published_data_search("applicant=IBM", 5, 6)
    assert "<ops:range begin=\"5\" end=\"6\"/>" in answer.text
    assert "total-result-count=\"130\"" in answer.text
    assert answer.text.count("<ops:publication-reference ") == 2
    with_data = client.published_data_search("pa=IBM and pd within \"2010 2012\"", 1, 3, constituents=["biblio"])
    assert with_data.text.count("<exchange-document ") == 3
    assert client.published_data_search("ti=制砖机").text.count("CN") >= 1


def test_errors_are_raised_as_the_client_expects(client):
    for query, status in (("pa=nobody", 404), ("ti=(", 400)):
        with pytest.raises(HTTPError) as refused:
            client.published_data_search(query)
        assert refused.value.response.status_code == status
    with pytest.raises(HTTPError) as refused:
        client.published_data("publication", Docdb("1000000", "EP", "*"), endpoint="nothing")
    assert refused.value.response.status_code == 404


def test_family_and_legal(client):
    family = client.family("publication", EP, constituents=["biblio", "legal"])
    assert "<ops:patent-family legal=\"true\" total-result-count=\"4\">" in family.text
    assert "bibliographic-data" in family.text and "<ops:legal " in family.text
    assert "<ops:legal code=\"17P \"" in client.legal("publication", EP).text


def test_register(client):
    assert "register-documents" in client.register("publication", Epodoc("EP1000000")).text
    found = client.register_search("applicant=IBM", 5, 6)
    assert "<ops:range begin=\"5\" end=\"6\"/>" in found.text


def test_numbers(client):
    for number, form, expected in (
        (Original("08/921,321", "US", "A", "19970829"), "epodoc", "US19970921321"),
        (Original("PCT/GB02/04635", date="20021011"), "docdb", "0204635"),
        (Original("2006-147056", "JP", "A", "20060526"), "docdb", "2006147056"),
    ):
        answer = client.number("application", number, form)
        assert "ops:standardization" in answer.text
        assert expected in answer.text


def test_json(server):
    client = client_for(server, accept_type="json")
    data = client.published_data_search("pa=IBM", 1, 2).json()
    search = data["ops:world-patent-data"]["ops:biblio-search"]
    assert search["@total-result-count"] == "130"
    assert len(search["ops:search-result"]["ops:publication-reference"]) == 2


def test_default_throttler_reads_our_headers(server, tmp_path):
    from epo_ops.middlewares.throttle.storages import SQLite

    storage = SQLite(str(tmp_path / "history.db"))
    client = client_for(server, middlewares=[Throttler(storage)])
    assert client.published_data("publication", EP).status_code == 200
    assert 0 < storage.delay_for("retrieval") < 1


def test_black_service_makes_the_client_wait(server, tmp_path):
    from epo_ops.middlewares.throttle.storages import SQLite

    storage = SQLite(str(tmp_path / "history.db"))
    client = client_for(server, server.slow_key, server.slow_secret, middlewares=[Throttler(storage)], raise_for_status=False)
    plain = client_for(server, server.slow_key, server.slow_secret, raise_for_status=False)
    for _ in range(5):
        last = plain.published_data_search("pa=IBM")
    assert last.status_code == 403
    assert "search=black:0" in last.headers["X-Throttling-Control"]
    assert 0 < int(last.headers["Retry-After"]) <= 60_000
    # The client writes down what it was told; asking again it would sleep.
    storage.update(last.headers)
    assert 0 < storage.delay_for("search") <= 60
    assert storage.delay_for("retrieval") < 1
    del client


def test_quotas_are_raised_by_name(server):
    client = client_for(server, server.small_key, server.small_secret)
    client.published_data("publication", EP)
    with pytest.raises(IndividualQuotaPerHourExceeded):
        for _ in range(3):
            client.published_data("publication", EP)
    assert RegisteredQuotaPerWeekExceeded is not None


def test_time_of_a_token(server):
    client = client_for(server)
    left = client.access_token.expiration.timestamp() - time.time()
    assert 0 < left <= 1200
