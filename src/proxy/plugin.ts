import type { App } from '../api/app-type.js'
import { decodeBody, parseBody, readEnvelope } from '../api/body.js'
import { contextOf } from '../api/context.js'
import { createErrorHandler } from '../api/error-handler.js'
import { collectMethods } from '../api/not-found.js'
import { openContexts, type ApiOptions } from '../api/plugin.js'
import { createValidatorCompiler } from '../api/validation.js'
import type { JsonValue } from '../json.js'
import { MAX_BODY_BYTES, Problem } from '../problems.js'
import { createPassOn, type ProxyOptions } from './pass-on.js'

/**
 * Bytes of the largest body of a request that passes: twice what the API takes, so that the service says itself what it does not take.
 * A record holds the body, and the proxy holds it in memory.
 */
const MAX_PASSED_BYTES = 2 * MAX_BODY_BYTES

/**
 * The calls of the API as a proxy has them: the same routes, each with a handler that passes the request on to the service. A body is
 * read for the contract check alone, so that no error in it is an error here.
 */
export function proxyPlugin(app: App, options: ApiOptions, proxy: ProxyOptions): void {
  const passOn = createPassOn(proxy)
  const methods = collectMethods(app)
  app.addHook('onRoute', (route) => {
    route.handler = passOn
  })
  openContexts(app, options, methods)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer', bodyLimit: MAX_PASSED_BYTES }, (request, bytes, done) => {
    const { text, isUtf8 } = decodeBody(bytes)
    const context = contextOf(request)
    context.requestBody = text
    context.isUtf8 = isUtf8
    done(
      null,
      orElse(() => parseBody(text), undefined)
    )
  })
  app.addHook('preValidation', (request, _reply, done) => {
    const body = request.body as JsonValue | undefined
    request.body = orElse(() => readEnvelope(body), body)
    done()
  })
  app.setValidatorCompiler(createValidatorCompiler())
  app.setErrorHandler(createErrorHandler(methods, () => new Problem('too_large', MAX_PASSED_BYTES)))
  app.setNotFoundHandler(passOn)
  options.addRoutes(app)
}

/** Returns a value, or another one where it cannot be read. */
function orElse<Value, Other>(read: () => Value, other: Other): Value | Other {
  try {
    return read()
  } catch {
    return other
  }
}
