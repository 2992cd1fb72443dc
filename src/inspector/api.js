import { h, openDialog } from './dom.js'

/** The admin API stands one folder above the page: `/__admin/` for `/__admin/ui/`. */
const ADMIN = new URL('../', document.baseURI).pathname
const TOKEN = 'oneuc-emulator-admin-token'

/** An error that the admin API has answered. */
export class AdminError extends Error {
	constructor({ status, message, at }) {
		super(at ? `${at} ${message}` : message)
		this.status = status
	}
}

/** The sandbox that every call is about; the address of the page names it, so that a link leads to the same one. */
export function currentSandbox() {
	return new URLSearchParams(location.search).get('sandbox') ?? 'default'
}

/** The headers that every call carries. */
function headersOf(more) {
	const token = sessionStorage.getItem(TOKEN)
	return {
		'x-emulator-sandbox': currentSandbox(),
		...(token === null ? {} : { authorization: `Bearer ${token}` }),
		...more
	}
}

/** Fetches from the admin API. Asks for the token where it wants one. Throws an AdminError where it answers one. */
export async function request(method, path, { body, signal, headers } = {}) {
	const response = await fetch(ADMIN + path, {
		method,
		signal,
		headers: headersOf({ ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }),
		body: body === undefined ? undefined : JSON.stringify(body)
	})
	if (response.status === 401) {
		await askForToken()
		return request(method, path, { body, signal, headers })
	}
	if (!response.ok) {
		const { message = response.statusText, at } = await response.json().catch(() => ({}))
		throw new AdminError({ status: response.status, message, at })
	}
	return response
}

export const get = (path) => request('GET', path).then((response) => response.json())
export const post = (path, body) => request('POST', path, { body }).then((response) => response.json())
export const put = (path, body) => request('PUT', path, { body }).then((response) => response.json())
export const remove = (path) => request('DELETE', path).then((response) => response.json())

let asking

/** Asks for the admin token, once for all calls that wait for it. The browser keeps it until the tab is closed. */
function askForToken() {
	asking ??= new Promise((resolve) => {
		sessionStorage.removeItem(TOKEN)
		const input = h('input', { type: 'password', autocomplete: 'off', required: true, 'aria-label': 'Admin token' })
		const dialog = openDialog(
			'Admin token',
			[h('p', 'This emulator was started with --admin-token. The token stays in this tab.'), input],
			[['Continue', () => input.value !== '' && sessionStorage.setItem(TOKEN, input.value) === undefined]]
		)
		dialog.addEventListener('close', () => {
			asking = undefined
			resolve()
		})
		input.focus()
	})
	return asking
}

/** Downloads what a path of the admin API answers, under a name. */
export async function download(path, name) {
	const blob = await (await request('GET', path)).blob()
	const link = h('a', { href: URL.createObjectURL(blob), download: name })
	link.click()
	setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

/** Returns the address of a GET of the admin API for a tab of its own; undefined with a token, which no link can carry. */
export function linkTo(path) {
	if (sessionStorage.getItem(TOKEN) !== null) return undefined
	const sandbox = currentSandbox()
	return `${sandbox === 'default' ? '' : `/sandboxes/${sandbox}`}${ADMIN}${path}`
}
