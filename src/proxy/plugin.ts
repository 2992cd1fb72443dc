import type { App } from '../api/app-type.js'
import { decodeBody, parseBody, readEnvelope } from '../api/body.js'
import { contextOf } from '../api/context.js'
import { createErrorHandler } from '../api/error-handler.js'
import { collectMethods } from '../api/not-found.js'
import { openContexts, type ApiOptions } from '../api/plugin.js'
import { createValidatorCompiler } from '../api/validation.js'
import type { JsonValue } from '../json.js'
import { createPassOn, type ProxyOptions } from './pass-on.js'

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
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (request, bytes, done) => {
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
  app.setErrorHandler(createErrorHandler(methods))
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
