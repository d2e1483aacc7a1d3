# The build needs the compiler; what runs does not.
FROM node:24-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/client/package.json packages/client/
COPY packages/react/package.json packages/react/
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build.mjs scripts/native-modules.mjs ./scripts/
COPY src ./src
COPY packages ./packages
COPY web ./web
RUN npm run build \
  && node scripts/native-modules.mjs /native \
  # Nothing that runs there reads them.
  && find dist packages web -name '*.map' -delete \
  && npm sbom --omit=dev --package-lock-only --sbom-format=cyclonedx > /sbom.cdx.json \
  # Nothing is built there, what is bundled is not looked for, and npx finds the command without writing anything.
  && npm pkg delete scripts workspaces dependencies devDependencies overrides bin

FROM node:24-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6
LABEL org.opencontainers.image.title="Doorbuster" \
  org.opencontainers.image.description="The backend of a flash sale" \
  org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production HTTP_HOST=0.0.0.0 AUTH=jwt DATA_DIR=/data
# The root file system may be read-only: npx keeps what it keeps elsewhere.
ENV NPM_CONFIG_CACHE=/tmp/npm NPM_CONFIG_UPDATE_NOTIFIER=false
WORKDIR /app
# What is not machine code is bundled in dist; sbom.cdx.json lists all that is in it.
COPY --from=build /native ./node_modules
COPY --from=build /sbom.cdx.json /app/package.json ./
COPY --from=build /app/dist ./dist
COPY --from=build /app/packages ./packages
COPY --from=build /app/web ./web
RUN mkdir -m 700 /data && chown 1000:1000 /data \
  && chmod +x dist/infrastructure/cli.js && ln -s /app/dist/infrastructure/cli.js /usr/local/bin/doorbuster \
  && mkdir node_modules/.bin && ln -s ../../dist/infrastructure/cli.js node_modules/.bin/doorbuster
# By number: whoever runs containers can see that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 3000
# By the shell's own sockets: a runtime started every few seconds in every container would cost more than what it looks at.
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${HTTP_PORT:-3000} && printf 'GET /health/ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# As npm start: what a request leaves behind for a moment is dropped there, not moved on and collected later.
CMD ["node", "--max-semi-space-size=64", "dist/infrastructure/main.js"]
