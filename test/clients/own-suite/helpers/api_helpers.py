"""What the package's own tests call and its source distribution does not bring, after what the tests are named for."""

import re

from epo_ops.models import Docdb, Epodoc, Original

BRICKS = ("publication", Docdb("1000000", "EP", "A1"))


def succeeded(response, text):
    assert response.status_code == 200
    assert response.headers["X-API"] == "ops-v3.2"
    assert text in response.text


def issue_number_request(client, output_format):
    return client.number("publication", Original("1000000", "EP", "A1"), output_format)


def assert_family_success(client):
    succeeded(client.family(*BRICKS), "patent-family")


def assert_family_biblio_success(client):
    succeeded(client.family(*BRICKS, None, ["biblio"]), "bibliographic-data")


def assert_family_legal_success(client):
    succeeded(client.family(*BRICKS, None, ["legal"]), 'patent-family legal="true"')


def assert_image_success(client):
    found = client.published_data(*BRICKS, endpoint="images")
    link = re.search(r' link="([^"]+)"', found.text).group(1)
    answer = client.image(link, document_format="image/png")
    assert answer.status_code == 200
    assert answer.headers["X-API"] == "ops-v3.2"
    assert answer.content.startswith(b"\x89PNG")


def assert_legal_success(client):
    succeeded(client.legal(*BRICKS), "ops:legal")


def assert_published_data_success(client):
    succeeded(client.published_data(*BRICKS), "bibliographic-data")


def assert_published_data_search_success(client):
    succeeded(client.published_data_search("applicant=IBM"), "biblio-search")


def assert_published_data_search_with_range_success(client):
    response = client.published_data_search("applicant=IBM", 5, 6)
    succeeded(response, "biblio-search")
    assert re.search('range.*begin="5".*end="6"', response.text)


def assert_bulk_service_retrival_success(client):
    succeeded(client.published_data("publication", [BRICKS[1], Epodoc("US2018265402")]), "exchange-document")


def assert_register_success(client):
    succeeded(client.register("publication", Epodoc("EP1000000")), "register-documents")


def assert_register_search_success(client):
    succeeded(client.register_search("applicant=IBM"), "register-documents")


def assert_register_search_with_range_success(client):
    response = client.register_search("applicant=IBM", 5, 6)
    succeeded(response, "register-documents")
    assert re.search('range.*begin="5".*end="6"', response.text)


def assert_number_service_success(client):
    succeeded(issue_number_request(client, "epodoc"), "ops:standardization")
