import httpx
import pytest
import requests
from phone_numbers import MultipleChoices, PhoneNumbers

ACCOUNT = "d0c0ffeed0c0ffeed0c0ffeed0c0ffee"
ADDRESS = {
    "caller_name": "Ada Example",
    "street_address": "911 MULTIPLE TEST ST",
    "locality": "SAN FRANCISCO",
    "region": "CA",
    "postal_code": "94105",
}


@pytest.fixture(params=[requests.Session, httpx.Client])
def client(request, sandbox):
    # The client waits by winding on the clock of its sandbox, so no test sleeps.
    def sleep(seconds):
        sandbox.admin("POST", "clock/advance", {"seconds": seconds})

    with request.param() as session:
        yield PhoneNumbers(session, sandbox.url, ACCOUNT, "my-token", sleep)


def test_a_number_that_i_buy_is_listed_until_i_release_it(client):
    [number] = client.search("415")
    assert client.buy(number)["state"] == "in_service"
    assert number in client.list()
    client.release(number)
    assert number not in client.list()


def test_a_purchase_survives_a_service_that_is_down_for_a_moment(client, sandbox):
    [number] = client.search("415")
    sandbox.admin("POST", "faults", {"operation": "buy", "status": 503, "times": 1})
    assert client.buy(number)["state"] == "in_service"
    assert sandbox.admin("POST", "requests/count", {"operation": "buy"}) == {"count": 2}


def test_an_address_that_fits_several_places_is_set_by_choosing_one(client):
    [number] = client.search("415")
    client.buy(number)
    with pytest.raises(MultipleChoices) as refused:
        client.set_e911(number, ADDRESS)
    chosen = {**refused.value.choices[0], "caller_name": ADDRESS["caller_name"]}
    assert "e911" in client.set_e911(number, chosen)["features"]


def test_what_one_test_buys_no_other_test_sees(client):
    # A sandbox is nothing but another base URL.
    other = PhoneNumbers(client.session, client.base_url + "-2", ACCOUNT, "my-token")
    [number] = client.search("415")
    assert other.search("415") == [number]
    client.buy(number)
    assert number not in other.list()
    assert other.buy(number)["state"] == "in_service"
