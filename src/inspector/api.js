import { h, dialogField, openDialog } from './dom.js'

/** The admin API stands one folder above the page: `/__admin/` for `/__admin/ui/`. */
const ADMIN = new URL('../', document.baseURI).pathname
const TOKEN = 'oneuc-emulator-admin-token'

/** The sandbox that every call is about, as the address of the page names it. */
export function currentSandbox() {
	return new URLSearchParams(location.search).get('sandbox') ?? 'default'
}

/** What the paths of the sandbox begin with. */
export const sandboxPath = () => (currentSandbox() === 'default' ? '' : `/sandboxes/${currentSandbox()}`)

/** Fetches from the admin API, asks for its token, and throws the error that it answers. */
export async function request(method, path, body) {
	const token = sessionStorage.getItem(TOKEN)
	const headers = {
		'x-emulator-sandbox': currentSandbox(),
		...(token && { authorization: `Bearer ${token}` }),
		...(body && { 'content-type': 'application/json' })
	}
	const response = await fetch(ADMIN + path, { method, headers, body: JSON.stringify(body) }).catch(() => {
		throw new Error('The emulator does not answer.')
	})
	if (response.status === 401) {
		await askForToken()
		return request(method, path, body)
	}
	if (!response.ok) {
		const { message = response.statusText, at } = await response.json().catch(() => ({}))
		throw new Error(at ? `${at} ${message}` : message, { cause: response.status })
	}
	return response
}

const call = (method) => (path, body) => request(method, path, body).then((response) => response.json())
export const get = call('GET')
export const post = call('POST')
export const put = call('PUT')
export const remove = call('DELETE')

let asking

/** Asks for the admin token, once for all calls that wait for it. */
function askForToken() {
	asking ??= new Promise((resolve) => {
		sessionStorage.removeItem(TOKEN)
		const dialog = openDialog(
			'Admin token',
			[
				h('p', 'This emulator was started with --admin-token. The token stays in this tab.'),
				dialogField('Admin token', { type: 'password' })
			],
			{ label: 'Continue', run: ({ asked }) => sessionStorage.setItem(TOKEN, asked) }
		)
		dialog.addEventListener('close', () => {
			asking = undefined
			resolve()
		})
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

/** The address of a GET for a tab of its own; undefined with a token, which no link can carry. */
export function linkTo(path) {
	if (sessionStorage.getItem(TOKEN) !== null) return undefined
	return sandboxPath() + ADMIN + path
}
