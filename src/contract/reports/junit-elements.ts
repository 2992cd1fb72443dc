import { escapeXml } from './rows.js'

/** Writes a document in JUnit XML. */
export function junitDocument(name: string, suites: readonly (readonly string[])[]): string {
  const head = ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="${escapeXml(name)}">`]
  return [...head, ...suites.flat(), '</testsuites>', ''].join('\n')
}

/** Writes the cases of a suite, with their counts. */
export function suite(name: string, cases: readonly string[]): string[] {
  const count = (element: string) => cases.filter((one) => one.includes(`<${element} `)).length
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`
  return [`  <testsuite name="${name}" ${counts}>`, ...cases, '  </testsuite>']
}

/** Writes a case; it has passed where it has no content. */
export function testCase(classname: string, name: string, content: string): string {
  const attributes = `classname="${classname}" name="${escapeXml(name)}"`
  return content === '' ? `    <testcase ${attributes}/>` : `    <testcase ${attributes}>${content}</testcase>`
}

/** Writes why a case has failed, could not be tried, or was left out. */
export function failureElement(
  message: string,
  text: string,
  element: 'failure' | 'error' | 'skipped' = 'failure'
): string {
  return `<${element} message="${escapeXml(message)}">${escapeXml(text)}</${element}>`
}
