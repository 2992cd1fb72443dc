/** Makes an element from `tag.class`, attributes (`onclick` and the like are listeners) where an object comes first, and content. Text is never read as markup. */
export function h(name, ...content) {
	const [tag, ...classes] = name.split('.')
	const element = document.createElement(tag)
	if (classes.length > 0) element.className = classes.join(' ')
	return build(element, content)
}

/** Makes an element of an SVG. */
export function svg(name, ...content) {
	return build(document.createElementNS('http://www.w3.org/2000/svg', name), content)
}

function build(element, [first, ...children]) {
	if (first?.constructor === Object) setAttributes(element, first)
	else children.unshift(first)
	append(element, children)
	return element
}

function setAttributes(element, attributes) {
	for (const [name, value] of Object.entries(attributes)) {
		if (!isGiven(value)) continue
		if (name.startsWith('on')) element.addEventListener(name.slice('on'.length), value)
		else element.setAttribute(name, value === true ? '' : String(value))
	}
}

function append(element, children) {
	for (const child of children.flat(Infinity)) if (isGiven(child)) element.append(child)
}

const isGiven = (value) => value !== undefined && value !== null && value !== false

/** Puts `children` in the place of what an element holds. The focus stays at its stop, or an equal one among others. */
export function fill(element, ...children) {
	const stops = () => [...element.querySelectorAll('a, button, summary, [tabindex]')]
	const before = stops()
	const reached = document.activeElement
	const place = before.indexOf(reached)
	element.replaceChildren()
	append(element, children)
	if (place < 0) return
	const after = stops()
	const same = after.length === before.length ? after[place] : after.find((one) => one.isEqualNode(reached))
	same?.focus({ preventScroll: true })
}

/** Puts newer content into an element. What the reader has folded or unfolded stays so; each fold has its name in `data-fold`. */
export function refill(element, ...children) {
	const folds = () => [...element.querySelectorAll('[data-fold]')]
	const before = new Map(folds().map((one) => [one.dataset.fold, one.open]))
	fill(element, ...children)
	for (const one of folds()) one.open = before.get(one.dataset.fold) ?? one.open
}

/** An icon of the sprite in `index.html`. */
export function icon(name) {
	return svg('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('use', { href: `#${name}` }))
}

export function button(label, onclick, iconName, attributes = {}) {
	return h(
		'button.button',
		{ type: 'button', onclick, ...attributes },
		iconName && icon(iconName),
		label && h(iconName ? 'span.label' : 'span', label)
	)
}

/** A button that copies a text, and says so. */
export function copyButton(label, textOf) {
	const copy = async () => {
		const text = textOf()
		try {
			await navigator.clipboard.writeText(text)
			notify(`Copied: ${text.split('\n')[0].slice(0, 60)}`)
		} catch {
			showText(label, text)
		}
	}
	return button(label, copy, 'copy')
}

/** Shows a text that the browser does not let the page copy. */
function showText(title, text) {
	const area = h('textarea', { readonly: true, rows: 8, 'aria-label': title }, text)
	openDialog(title, area)
	area.select()
}

let summary
const speakSoon = soon(() => fill(document.getElementById('spoken'), summary), 5000)

/** Says how many rows there are. A screen reader hears it once for all changes within some seconds. */
export function summarize(element, text) {
	element.textContent = text
	if (summary === text || !element.isConnected) return
	summary = text
	speakSoon()
}

/** Tells what has happened, for some seconds. */
export function notify(text, isError = false) {
	const box = document.getElementById('notices')
	const notice = h(`p.notice${isError ? '.error' : ''}`, text)
	box.append(notice)
	while (box.children.length > 3) box.firstElementChild.remove()
	setTimeout(() => notice.remove(), isError ? 8000 : 3500)
}

/** Opens a dialog. `run` gets what its fields hold, and keeps it open where it returns false. */
export function openDialog(title, content, { label, kind = 'primary', run } = {}) {
	const onsubmit = async (event) => {
		event.preventDefault()
		if ((await run(valuesOf(form))) !== false) dialog.close()
	}
	const close = button('Close', () => dialog.close())
	const act = label && h(`button.button.${kind}`, label)
	const form = h('form', { onsubmit }, h('h2', title), content, h('footer', close, act))
	const dialog = h('dialog', { 'aria-label': title, onclose: () => dialog.remove() }, form)
	document.body.append(dialog)
	dialog.showModal()
	return dialog
}

/** Asks before `run` destroys what cannot be got back, which `loss` says. */
export function confirmLoss(title, loss, label, run, ...fields) {
	const dialog = openDialog(title, [h('p', { id: 'loss' }, loss), fields], { label, kind: 'danger', run })
	dialog.setAttribute('aria-describedby', 'loss')
}

/** A name with its value, for a `dl.facts`. */
export function fact(name, value) {
	return h('div', h('dt', name), h('dd', value))
}

/** A list of names with values. */
export function pairs(entries) {
	return h(
		'dl.headers',
		entries.map(([name, value]) => [h('dt', name), h('dd', value)])
	)
}

/** Links to the detail of a number and of a request. */
export const numberLink = (number) => h('a.number', { href: `#/numbers/${encodeURIComponent(number)}` }, number)
export const requestLink = (id) => h('a', { href: `#/requests/${id}` }, `request ${id}`)

/** What the fields of a form hold, by their names. Empty ones are left out. */
export const valuesOf = (form) => Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''))

/** The search and the filters of a pane. */
export const filterForm = (oninput, ...content) =>
	h('form.filters', { oninput, onsubmit: (event) => event.preventDefault() }, content)

/** The field of a pane that the key `/` leads to. */
export const searchField = (label, placeholder) =>
	h('input', { type: 'search', name: 'text', placeholder, 'aria-label': label, 'data-search': true })

/** What a dialog asks for: a name or a token. */
export const dialogField = (label, attributes) =>
	h('input', {
		name: 'asked',
		'aria-label': label,
		autocomplete: 'off',
		required: true,
		autofocus: true,
		...attributes
	})

export const select = (name, label, all = []) => h('select', { name, 'aria-label': label }, options(all))

/** The options of a select: values, or pairs of a value and its text. */
export const options = (all, chosen) =>
	all.map((one) => {
		const [value, text = value] = [one].flat()
		return h('option', { value, selected: value === chosen }, text)
	})

/** Gives a select other options, and leaves the chosen one chosen. An open select stays as it is while they are the same. */
export function setOptions(element, all) {
	if (element.dataset.options === String(all)) return
	element.dataset.options = all
	fill(element, options(all, element.value))
}

/** The state of a number, and a step from one to another. */
export const stateElement = (state = 'no record') => h(`span.state.${state}`, state)
export const changeElement = ({ from, to }) => [stateElement(from ?? undefined), ' → ', stateElement(to ?? undefined)]

/** What a warning means, and what to do. */
export const adviceElement = (badge, means, ...more) =>
	h('article.advice', h('h3', badge, ' ', means), ...more.map((one) => h('p', one)))

/** A table; each row is a list of cells. */
export function table(head, rows) {
	return h(
		'table.list',
		head && h('thead', row('th', head)),
		rows.map((cells) => row('td', cells))
	)
}

function row(tag, cells) {
	return h('tr', ...cells.map((cell) => (cell?.tagName === 'TD' ? cell : h(cell ? tag : 'td', cell))))
}

/** What stands in the place of a list without rows. */
export const emptyState = (title, ...todo) => h('div.empty', h('h2', title), todo)

/** What stands there while rows are left out by `form`. */
export function nothingFits(rows, form) {
	const clear = () => {
		form.reset()
		form.dispatchEvent(new Event('input'))
	}
	return emptyState(`No ${rows} fits the search and the filters`, button('Clear the filters', clear))
}

/** Returns a function that runs `work` once for all its calls within some time. */
export function soon(work, ms = 500) {
	let timer
	return () => {
		timer ??= setTimeout(() => {
			timer = undefined
			void work()
		}, ms)
	}
}
