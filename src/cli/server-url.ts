import { UsageError, type SettingName } from '../settings.js'
import { writeFlag } from '../text/setting.js'

/** Reads the URL of a server, without `/v2`. Throws a UsageError for a text that is no such URL. */
export function readServerUrl(name: SettingName, text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text) && isBare(new URL(text))) return text.replace(/\/(?:v2\/?)?$/, '')
  throw new UsageError(`${writeFlag(name)}: "${text}" is not a URL such as https://api.example.com`)
}

/** Tells whether a URL names a server and a path alone: others would be in every message and record. */
function isBare({ username, password, search, hash }: URL): boolean {
  return [username, password, search, hash].every((part) => part === '')
}
