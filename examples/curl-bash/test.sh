#!/usr/bin/env bash
# Tests phone_numbers.sh against an emulator: starts one, or joins the one at ONEUC_EMULATOR_URL.
set -euo pipefail
cd "$(dirname "$0")"
source phone_numbers.sh

ACCOUNT=d0c0ffeed0c0ffeed0c0ffeed0c0ffee
TOKEN=my-token
ADDRESS='{"caller_name":"Ada Example","street_address":"911 MULTIPLE TEST ST","locality":"SAN FRANCISCO","region":"CA","postal_code":"94105"}'

test_a_number_that_i_buy_is_listed_until_i_release_it() {
  local number
  number=$(search 415)
  buy "$number" | jq -e '.data.state == "in_service"'
  list | grep -qxF "$number"
  release "$number"
  ! list | grep -qxF "$number" || return 1
}

test_a_purchase_survives_a_service_that_is_down_for_a_moment() {
  local number
  number=$(search 415)
  admin POST faults '{"operation":"buy","status":503,"times":1}'
  buy "$number"
  admin POST requests/verify '{"operation":"buy","exactly":2}'
}

test_an_address_that_fits_several_places_is_set_by_choosing_one() {
  local number refused chosen
  number=$(search 415)
  buy "$number"
  ! refused=$(set_e911 "$number" "$ADDRESS") || return 1
  chosen=$(jq -c '.data.multiple_choice["e911"].details[0] + {caller_name: "Ada Example"}' <<<"$refused")
  set_e911 "$number" "$chosen" | jq -e '.data.features | index("e911")'
}

test_what_one_test_buys_no_other_test_sees() {
  local number
  number=$(search 415)
  buy "$number"
  BASE_URL=$BASE_URL-2 # a sandbox is nothing but another base URL
  ! list | grep -qxF "$number" || return 1
  [ "$(search 415)" = "$number" ]
  buy "$number"
}

# Winds on the clock of the sandbox where the client would wait, so no test sleeps.
pause() { admin POST clock/advance "{\"seconds\":$1}" >&2; }

# Calls the admin API of the sandbox.
admin() { curl --silent --show-error --fail-with-body --request "$1" ${3:+--data "$3"} "$BASE_URL/__admin/$2"; }

emulator=${ONEUC_EMULATOR_URL:-}
if [ -z "$emulator" ]; then
  exec 3< <(exec oneuc-emulator --port 0 --json)
  trap 'kill $!' EXIT
  emulator=$(head -n 1 <&3 | jq -r .url)
fi

status=0
for name in $(compgen -A function test_); do
  # Each test runs in a shell and in a sandbox of its own, and ends at its first command that fails.
  sandbox=$RANDOM-$RANDOM-$RANDOM
  BASE_URL=$emulator/sandboxes/$sandbox
  set +e
  output=$(set -e; "$name" 2>&1)
  code=$?
  set -e
  if [ "$code" -eq 0 ]; then
    echo "ok $name"
  else
    status=1
    printf 'not ok %s\n%s\nLast requests, newest first:\n' "$name" "$output"
    admin GET 'requests?limit=5' | jq -r '.requests[] | "  \(.request.method) \(.request.url) -> \(.response.status) \(.outcome)"'
  fi
  curl --silent --output /dev/null --request DELETE "$emulator/__admin/sandboxes/$sandbox"
done

curl --silent "$emulator/__admin/contract?sandboxes=all&format=text"
warnings=$(curl --silent "$emulator/__admin/contract?sandboxes=all" | jq .summary.warnings)
case ${ONEUC_EMULATOR_FAIL_ON_WARNING:-false} in
  true | 1) [ "$warnings" -eq 0 ] || { echo 'FAILED: requests differ from the document, see the warnings above'; status=1; } ;;
esac
exit "$status"
