#!/usr/bin/env bash
# The emulator goes on running between two runs of the tests, so each run begins with a reset and a new contract report.
set -euo pipefail
curl --silent --show-error --fail --request POST "$ONEUC_EMULATOR_URL/__admin/reset"
curl --silent --show-error --fail --request DELETE "$ONEUC_EMULATOR_URL/__admin/contract?sandboxes=all"
exec bash /tests/test.sh
