# The first stage has the development packages; the image has what runs.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build
# Not the driver of the lockfile: better-sqlite3 12 runs on Node 20 as well, but would have to be compiled here, and this image
# has no compiler. Version 13 carries binaries for Node 22 and newer, and crashes on Node 20.
RUN npm install --prefix /driver --ignore-scripts better-sqlite3@13.2.0

FROM node:24-bookworm-slim
# The release adds the source, the revision and the documents of its version.
LABEL org.opencontainers.image.title="oneuc-emulator" \
  org.opencontainers.image.description="A test double of OneUC's Phone Number API: search, buy, list and release numbers, set up E911." \
  org.opencontainers.image.version="0.1.0" \
  org.opencontainers.image.licenses="MIT"
WORKDIR /app
# The names of services in a compose file or a cluster have no dot, and no page can have such a name.
ENV NODE_ENV=production ONEUC_EMULATOR_HOST=0.0.0.0 ONEUC_EMULATOR_ADMIN_HOSTS=*
COPY --from=build /driver/node_modules ./node_modules
COPY --from=build /build/package.json ./
COPY --from=build /build/dist ./dist
COPY --from=build /build/db/migrations ./db/migrations
COPY --from=build /build/fixtures ./fixtures
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=2s --timeout=3s --start-period=5s --retries=3 \
  CMD ["node", "dist/oneuc-emulator.js", "healthcheck"]
ENTRYPOINT ["node", "dist/oneuc-emulator.js"]
