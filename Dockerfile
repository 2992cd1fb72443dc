# The build has the compiler and the development packages; what runs has neither.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
# The lockfile's SQLite driver has no binary for this Node; the next one carries it, so that no C++ compiler is needed.
RUN npm ci --ignore-scripts && npm install --no-save --ignore-scripts better-sqlite3@13.2.0
COPY . .
# The build runs the program once, so that the image has the code that the engine makes of it.
RUN npm run build
RUN npm prune --omit=dev --ignore-scripts \
  && npm install --no-save --omit=dev --ignore-scripts better-sqlite3@13.2.0

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production ONEUC_EMULATOR_HOST=0.0.0.0
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY --from=build /build/fixtures ./fixtures
COPY --from=build /build/db/migrations ./db/migrations
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=2s --timeout=3s --start-period=5s --retries=3 \
  CMD ["node", "dist/oneuc-emulator.js", "healthcheck"]
ENTRYPOINT ["node", "dist/oneuc-emulator.js"]
