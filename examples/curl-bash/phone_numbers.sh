# shellcheck shell=bash
# A small client of the Phone Number API, to be sourced. It reads BASE_URL, ACCOUNT and TOKEN, and needs curl and jq.

search() { call GET "/v2/phone_numbers?prefix=$1&quantity=${2:-1}" | jq -r '.data[].number'; }
buy() { call PUT "$(path "$1")/activate"; }
release() { call DELETE "$(path "$1")"; }
set_e911() { call POST "$(path "$1")" "{\"data\":{\"e911\":$2}}"; }

# Prints all numbers of the account, one a line, page by page.
list() {
  local query='' page next
  while true; do
    page=$(call GET "/v2/accounts/$ACCOUNT/phone_numbers$query") || return
    jq -r '.data.numbers | keys[]' <<<"$page"
    next=$(jq -r '.next_start_key // empty | @uri' <<<"$page")
    [ -n "$next" ] || return 0
    query="?start_key=$next"
  done
}

path() { echo "/v2/accounts/$ACCOUNT/phone_numbers/$(jq -rn --arg number "$1" '$number | @uri')"; }

# Prints the answer, and fails where it is no success. What is answered with 503 is sent again, up to twice.
call() {
  local method=$1 path=$2 body=${3:-} tries_left=2 answer status retry_after
  while true; do
    answer=$(curl --silent --show-error --request "$method" ${body:+--data "$body"} \
      --header "X-Auth-Token: $TOKEN" --header 'Content-Type: application/json' \
      --write-out '\n%{http_code} %header{retry-after}' "$BASE_URL$path") || return
    read -r status retry_after <<<"${answer##*$'\n'}"
    [ "$status" = 503 ] && [ "$tries_left" -gt 0 ] || break
    pause "$retry_after"
    tries_left=$((tries_left - 1))
  done
  echo "${answer%$'\n'*}"
  [ "$status" -lt 300 ]
}

pause() { sleep "$1"; }
