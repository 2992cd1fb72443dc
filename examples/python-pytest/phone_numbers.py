"""A small client of the Phone Number API. The session is a requests.Session or an httpx.Client."""

import time
from urllib.parse import quote


class ApiError(Exception):
    """An answer that is no success. `data` says why."""

    def __init__(self, response):
        body = response.json()
        super().__init__(f"{response.status_code} {body['message']}")
        self.status, self.data = response.status_code, body["data"]


class MultipleChoices(ApiError):
    """The address fits several places; `choices` has them."""

    @property
    def choices(self):
        return self.data["multiple_choice"]["e911"]["details"]


class PhoneNumbers:
    def __init__(self, session, base_url, account, token, sleep=time.sleep):
        self.session, self.base_url, self.account = session, base_url, account
        self.token, self.sleep = token, sleep

    def search(self, prefix, quantity=1):
        found = self._call("GET", "/v2/phone_numbers", params={"prefix": prefix, "quantity": quantity})
        return [entry["number"] for entry in found["data"]]

    def buy(self, number):
        return self._call("PUT", self._path(number) + "/activate")["data"]

    def list(self):
        numbers, page = {}, {}
        while True:
            answer = self._call("GET", self._path(), params=page)
            numbers.update(answer["data"]["numbers"])
            if "next_start_key" not in answer:
                return numbers
            page = {"start_key": answer["next_start_key"]}

    def release(self, number):
        return self._call("DELETE", self._path(number))["data"]

    def set_e911(self, number, address):
        return self._call("POST", self._path(number), json={"data": {"e911": address}})["data"]

    def _path(self, number=None):
        path = f"/v2/accounts/{self.account}/phone_numbers"
        return path if number is None else f"{path}/{quote(number, safe='')}"

    def _call(self, method, path, **request):
        for tries_left in (2, 1, 0):
            response = self.session.request(
                method, self.base_url + path, headers={"X-Auth-Token": self.token}, **request
            )
            if response.status_code != 503 or tries_left == 0:
                break
            self.sleep(int(response.headers["Retry-After"]))
        if response.status_code < 300:
            return response.json()
        error = MultipleChoices if response.json()["message"] == "multiple_choice" else ApiError
        raise error(response)
