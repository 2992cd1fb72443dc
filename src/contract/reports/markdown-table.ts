/** Writes a table of Markdown. */
export function table(head: readonly string[], rows: readonly string[]): string[] {
  return [tableRow(...head), tableRow(...head.map(() => '---')), ...rows]
}

/** Writes a row; its cells must not hold a bar. */
export function tableRow(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** Quotes a text that a client has sent, so that it can neither leave its cell nor become markup. */
export function markdownCode(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|').replaceAll(/\s/g, ' ')}\``
}

/** Writes a table under a title; nothing where it has no rows. */
export function titledTable(title: string, head: readonly string[], rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : ['', `### ${title}`, '', ...table(head, rows)]
}
