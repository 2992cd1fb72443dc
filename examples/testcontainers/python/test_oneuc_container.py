import json
import os
import urllib.request

import pytest
from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import HttpWaitStrategy

PORT = 8000


@pytest.fixture(scope="session")
def emulator_url():
    container = (
        DockerContainer(os.environ.get("ONEUC_IMAGE", "oneuc-emulator"))
        .with_exposed_ports(PORT)
        .waiting_for(HttpWaitStrategy(PORT, "/__admin/ready"))
    )
    with container:
        yield f"http://{container.get_container_host_ip()}:{container.get_exposed_port(PORT)}"


def test_the_emulator_offers_numbers(emulator_url):
    with urllib.request.urlopen(f"{emulator_url}/sandboxes/mine/v2/phone_numbers?prefix=415&quantity=1") as answer:
        [found] = json.load(answer)["data"]
    assert found["number"].startswith("+1415")
