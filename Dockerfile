# mcsd in one container: pages, server and its own PostgreSQL, with everything that must last under /data.
#
#   docker build -t mcsd .                                                 the usual image
#   docker build -t mcsd:dind --target dind .                              with a Docker engine of its own
#   docker build -t mcsd --build-arg EXTRA_PACKAGES=openjdk-17-jre-headless .   with a Java for servers without Docker
#
# It needs no feature of BuildKit, so every engine since 17.05 can build it.
ARG BASE=node:24-slim

FROM ${BASE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev || npm install --omit=dev --no-save
# What only builds need goes, and maps of other people's sources. What stays is listed, package by package; the compilers
# that the list still names are peers of packages for their types alone.
RUN npm pkg delete devDependencies scripts \
  && rm -rf node_modules/@next/swc-* node_modules/@img node_modules/sharp \
  && npm sbom --omit=dev --sbom-format=spdx >sbom.spdx.json \
  && rm -rf node_modules/typescript node_modules/@typescript node_modules/@swc/core* \
  && find node_modules -name "*.map" -delete \
  && find node_modules/sql.js/dist -type f ! -name "sql-wasm.js" ! -name "sql-wasm.wasm" -delete

FROM ${BASE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY scripts scripts
RUN node scripts/install.mjs
COPY . .
RUN node scripts/build.mjs && rm -rf .next/cache .next/types .next/trace .next/trace-build .next/diagnostics

FROM ${BASE} AS app
ARG EXTRA_PACKAGES=""
RUN apt-get update \
  && apt-get install -y --no-install-recommends tini ${EXTRA_PACKAGES} \
  && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log \
  && mkdir -p /data && chown 1000:1000 /data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=packages /app/package.json /app/sbom.spdx.json ./
COPY LICENSE scripts/healthcheck.mjs ./
COPY drizzle drizzle
COPY --from=build /app/.next .next
COPY --from=build /app/dist dist
ENV NODE_ENV=production DATA_DIR=/data PORT=3000
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="mcsd" \
  org.opencontainers.image.description="Minecraft Server Dashboard: run many Minecraft servers from one page" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
USER 1000:1000
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["node", "healthcheck.mjs"]
# tini passes signals on and takes in what servers leave behind.
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "dist/main.js"]

# An engine of its own needs root and a privileged container. Only the engine: no docker program.
FROM app AS dind
USER 0:0
RUN apt-get update \
  && apt-get install -y --no-install-recommends docker.io iptables \
  && rm -rf /usr/bin/docker /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log
ENV DEFAULT_LAUNCH_STRATEGY=dind

FROM app AS mcsd
