/** The client under test, as short as one can be: it finds a number and buys it. */
export async function buyIn(baseUrl, areaCode, account) {
  const found = await call(`${baseUrl}/v2/phone_numbers?prefix=${areaCode}&quantity=1`)
  const [{ number }] = found.data
  const path = `/v2/accounts/${account}/phone_numbers/${encodeURIComponent(number)}/activate`
  const bought = await call(baseUrl + path, { method: 'PUT', headers: { 'x-auth-token': 'my-token' } })
  return bought.data
}

async function call(url, init) {
  const answer = await fetch(url, init)
  const body = await answer.json()
  if (!answer.ok) throw new Error(body.message)
  return body
}
