"""patent_client against this server. Its addresses stand in its code, so requests are sent on below it."""

import os

import httpx
import pytest


class SentOn(httpx.HTTPTransport):
    """Sends what is meant for the EPO to the server of the test; everything above it is as it was installed."""

    def __init__(self, base):
        super().__init__()
        self.base = httpx.URL(base)

    def handle_request(self, request):
        request.url = request.url.copy_with(scheme=self.base.scheme, host=self.base.host, port=self.base.port)
        request.headers["host"] = f"{self.base.host}:{self.base.port}"
        return super().handle_request(request)


@pytest.fixture(scope="module")
def ops(server, tmp_path_factory):
    os.environ["PATENT_CLIENT_BASE_DIR"] = str(tmp_path_factory.mktemp("patent_client"))
    os.environ["PATENT_CLIENT_EPO_API_KEY"] = server.key
    os.environ["PATENT_CLIENT_EPO_API_SECRET"] = server.secret
    from patent_client._sync.epo.ops import session as sessions

    sessions.ops_transport._transport = SentOn(server.base)
    from patent_client._sync.epo.ops.family.api import FamilyAsyncApi
    from patent_client._sync.epo.ops.legal.api import LegalApi
    from patent_client._sync.epo.ops.number_service.api import NumberServiceApi
    from patent_client._sync.epo.ops.published.api import PublishedApi

    class All:
        published = PublishedApi
        family = FamilyAsyncApi
        legal = LegalApi
        numbers = NumberServiceApi

    return All


def test_biblio_and_abstract(ops):
    result = ops.published.biblio.get_biblio("EP1000000.A1")
    document = result.documents[0]
    assert document.title == "Apparatus for manufacturing green bricks"
    assert document.family_id == "19768124"
    assert str(document.publication_reference_docdb.date) == "2000-05-17"
    assert "clay" in ops.published.biblio.get_abstract("EP1000000", format="epodoc")


def test_full_text(ops):
    claims = ops.published.fulltext.get_claims("EP1000000.A1")
    assert len(claims.claims) == 2
    assert "known" in ops.published.fulltext.get_description("EP1000000.A1").description


def test_search_beyond_one_page(ops):
    first = ops.published.search.search("pa=IBM", 1, 100)
    assert (first.num_results, len(first.results)) == (130, 100)
    assert first.results[0].country == "EP"
    last = ops.published.search.search("pa=IBM", 101, 200)
    assert len(last.results) == 30
    assert ops.published.search.search("pa=nobody").num_results == 0


def test_family_and_legal(ops):
    family = ops.family.get_family("EP1000000A1")
    assert len(family.family_members) == 4
    assert family.family_members[0].publication_number == "EP1000000A1"
    events = ops.legal.get_legal("EP1000000A1").events
    assert "EP.17P" in [event["event_code"] for event in events]


def test_numbers(ops):
    result = ops.numbers.convert_number("US.(08/921,321).A.19970829", doc_type="application", output_format="epodoc")
    assert result.output_doc.number == "US19970921321"
