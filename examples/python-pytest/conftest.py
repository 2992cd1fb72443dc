"""Starts an emulator or joins the one at ONEUC_EMULATOR_URL; each test gets a sandbox of its own in it."""

import json
import os
import subprocess
import uuid

import pytest
import requests

REPORT = pytest.StashKey()


class Sandbox:
    """What one test talks to: `url` is the base URL for its client, `admin` calls the admin API."""

    def __init__(self, emulator_url):
        self.url = f"{emulator_url}/sandboxes/{uuid.uuid4().hex}"

    def admin(self, method, path, body=None):
        answer = requests.request(method, f"{self.url}/__admin/{path}", json=body, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def last_requests(self, count=5):
        entries = self.admin("GET", f"requests?limit={count}")["requests"]
        line = "{request[method]} {request[url]} -> {response[status]} {outcome}"
        return "\n".join(line.format(**entry) for entry in reversed(entries))


@pytest.fixture(scope="session")
def emulator_url(pytestconfig):
    process, url = None, os.environ.get("ONEUC_EMULATOR_URL")
    if not url:
        process = subprocess.Popen(["oneuc-emulator", "--port", "0", "--json"], stdout=subprocess.PIPE)
        url = json.loads(process.stdout.readline())["url"]
    yield url
    contract = f"{url}/__admin/contract?sandboxes=all"
    warnings = requests.get(contract, timeout=10).json()["summary"]["warnings"]
    pytestconfig.stash[REPORT] = warnings, requests.get(contract + "&format=text", timeout=10).text
    if process:
        process.terminate()
        process.wait()


@pytest.fixture
def sandbox(emulator_url):
    sandbox = Sandbox(emulator_url)
    yield sandbox
    requests.delete(sandbox.url.replace("/sandboxes/", "/__admin/sandboxes/"), timeout=10)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    report = (yield).get_result()
    if report.when == "call" and report.failed and "sandbox" in item.funcargs:
        report.sections.append(("Last requests", item.funcargs["sandbox"].last_requests()))


def pytest_sessionfinish(session):
    if is_gate_failed(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.write_line(config.stash.get(REPORT, (0, ""))[1])
    if is_gate_failed(config):
        terminalreporter.write_line("FAILED: requests differ from the document, see the warnings above", red=True)


def is_gate_failed(config):
    is_asked_for = os.environ.get("ONEUC_EMULATOR_FAIL_ON_WARNING") in ("true", "1")
    return is_asked_for and config.stash.get(REPORT, (0, ""))[0] > 0
