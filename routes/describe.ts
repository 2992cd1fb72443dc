import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify from 'fastify'
import { describedAdmin, adminHead } from '../src/contract/openapi/admin.js'
import { apiHead, describedApi, type DescribedPaths } from '../src/contract/openapi/api.js'
import type { Dialect } from '../src/dialect.js'
import type { App } from '../src/api/app-type.js'
import type { JsonObject } from '../src/json.js'
import { addAdminRoutes, type AdminOptions } from './admin/index.js'
import { addRoutes } from './index.js'

/** The emulated API in OpenAPI 3.1, made from the schemas that its routes check and answer with. */
export async function describeApi(dialect: Dialect): Promise<JsonObject> {
  const head = apiHead()
  const paths = await pathsOf((app) => {
    app.setValidatorCompiler(() => () => true)
    app.setSerializerCompiler(() => () => '')
    addRoutes(app, dialect)
  })
  return { ...head, paths: describedApi(paths, dialect) }
}

/** The admin API in OpenAPI 3.1. */
export async function describeAdmin(options: AdminOptions): Promise<JsonObject> {
  const paths = await pathsOf((app) => {
    app.register(
      (admin, _options, done) => {
        addAdminRoutes(admin, options)
        done()
      },
      { prefix: '/__admin' }
    )
  })
  return { ...adminHead(), paths: describedAdmin(paths) }
}

/** What the routes say of themselves, in an app that never listens. Catch-all routes are no part of a description. */
async function pathsOf(add: (app: App) => void): Promise<DescribedPaths> {
  const app = Fastify({ exposeHeadRoutes: false }).withTypeProvider<TypeBoxTypeProvider>()
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: '', version: '' } } })
  add(app)
  await app.ready()
  const { paths } = JSON.parse(JSON.stringify(app.swagger())) as { paths: DescribedPaths }
  await app.close()
  return Object.fromEntries(Object.entries(paths).filter(([path]) => !path.includes('*')))
}
