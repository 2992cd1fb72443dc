import { request } from './api.js'

const RETRY_MS = 1500

/** Reads the event stream, and again after each break, by `fetch`: an EventSource can send no token. */
export async function listen(onEvent, onState) {
	for (;;) {
		let why
		try {
			const { body } = await request('GET', 'events')
			onState('live')
			await readEvents(body, onEvent)
		} catch ({ cause, message }) {
			why = cause && message
		}
		onState('offline', why)
		await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
	}
}

async function readEvents(body, onEvent) {
	const reader = body.pipeThrough(new TextDecoderStream()).getReader()
	let text = ''
	for (;;) {
		const { done, value } = await reader.read()
		if (done) return
		text += value
		const blocks = text.split('\n\n')
		text = blocks.pop()
		for (const block of blocks) {
			const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/)))
			if (fields.has('event')) onEvent(fields.get('event'), JSON.parse(fields.get('data')))
		}
	}
}
