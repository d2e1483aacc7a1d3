#!/usr/bin/env bash
# Brings the compose stack up where a Docker daemon runs and no registry can be reached: builds the images that compose and
# the Dockerfile name from packages (Debian, npm, Maven), under the same names, then builds Doorbuster's own and starts it.
#   scripts/compose-offline.sh [up|images]      needs root, debootstrap, a JDK, Maven and `npm ci`
# What it cannot be: EventStoreDB, whose place the stand-in of the tests takes, and Grafana, which is left out. Redis and
# Prometheus are of the versions that Debian has. Where no Docker daemon answers it says "not run" and ends with 0.
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-up}

if ! docker info >/dev/null 2>&1; then
  echo 'not run: no Docker daemon answers'
  exit 0
fi
compose=(docker compose)
docker compose version >/dev/null 2>&1 || compose=(docker-compose)

suite=bookworm
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
has() { docker image inspect "$1" >/dev/null 2>&1; }
# build NAME < Dockerfile, with the context in $work/context. On the host's network: the packages are fetched while it builds.
build() { docker build --quiet --network=host --tag "$1" --file - "$work/context" >/dev/null; }
context() { rm -rf "$work/context"; mkdir -p "$work/context"; }

if ! has doorbuster-offline/debian; then
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$work/debian" >/dev/null
  # Whom this machine trusts: packages may come through a mirror of its own.
  cp /etc/ssl/certs/ca-certificates.crt "$work/debian/etc/ssl/certs/"
  rm -rf "$work"/debian/var/cache/apt/archives/*.deb "$work"/debian/var/lib/apt/lists/* "$work"/debian/usr/share/{doc,man,locale}/*
  tar --create --directory="$work/debian" . | docker import --change 'ENV LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive' - doorbuster-offline/debian >/dev/null
fi

node=node:24-bookworm-slim
if ! has "$node"; then
  context
  npm install --silent --no-save --prefix "$work/context/node" node@24 npm@11
  build "$node" <<'DOCKERFILE'
FROM doorbuster-offline/debian
COPY node/node_modules/node/bin/node /usr/local/bin/node
COPY node/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
  && mkdir -p /usr/local/etc && echo 'cafile=/etc/ssl/certs/ca-certificates.crt' > /usr/local/etc/npmrc \
  && groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node
DOCKERFILE
fi

if ! has redis:7.4; then
  context
  build redis:7.4 <<'DOCKERFILE'
FROM doorbuster-offline/debian
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends redis-server && rm -rf /var/lib/apt/lists/*
RUN mkdir -p /data && chown redis:redis /data
USER redis
WORKDIR /data
# Debian's listens on loopback alone, and protects itself from everything else.
ENTRYPOINT ["sh", "-c", "exec \"$@\" --bind 0.0.0.0 --protected-mode no", "redis"]
DOCKERFILE
fi

if ! has apache/kafka:3.9.1; then
  node scripts/kafka.mjs fetch
  context
  cp -r .cache/kafka-3.9.1 "$work/context/jars"
  # As the image does: KAFKA_NODE_ID=1 is node.id=1.
  cat > "$work/context/start" <<'START'
#!/bin/bash
set -e
env | grep '^KAFKA_' | while IFS='=' read -r name value; do
  name=${name#KAFKA_}
  echo "$(tr 'A-Z_' 'a-z.' <<< "$name")=$value"
done > /tmp/server.properties
directory=${KAFKA_LOG_DIRS:-/var/lib/kafka/data}
[ -e "$directory/meta.properties" ] ||
  java -cp '/opt/kafka/*' kafka.tools.StorageTool format --cluster-id "$CLUSTER_ID" --config /tmp/server.properties
exec java -Xmx512m -cp '/opt/kafka/*' kafka.Kafka /tmp/server.properties
START
  chmod +x "$work/context/start"
  build apache/kafka:3.9.1 <<'DOCKERFILE'
FROM doorbuster-offline/debian
RUN mkdir -p /usr/share/man/man1 && apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless && rm -rf /var/lib/apt/lists/*
COPY jars /opt/kafka
COPY start /start
RUN useradd --uid 1001 kafka && mkdir -p /var/lib/kafka/data && chown kafka /var/lib/kafka/data
USER kafka
CMD ["/start"]
DOCKERFILE
fi

eventstore=$(sed -n 's/^ *image: \(eventstore\/eventstore:.*\)/\1/p' docker-compose.yml)
if ! has "$eventstore"; then
  context
  npx esbuild test/support/eventstoredb-stand-in/serve.ts --bundle --platform=node --format=esm --target=node20.19 \
    --external:lmdb --external:msgpackr --external:fs-native-extensions --log-level=warning \
    --banner:js="import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" \
    --outfile="$work/context/serve.mjs"
  node scripts/native-modules.mjs "$work/context/node_modules"
  # The health check of the real image asks by HTTP, which the stand-in does not speak: that it listens is all it tells.
  printf '#!/bin/bash\nexec 3<>/dev/tcp/127.0.0.1/2113\n' > "$work/context/curl"
  chmod +x "$work/context/curl"
  build "$eventstore" <<DOCKERFILE
FROM $node
LABEL doorbuster.stand-in="This is not EventStoreDB: it is the stand-in of the tests, which speaks its protocol"
COPY curl /usr/local/bin/curl
COPY serve.mjs /app/
COPY node_modules /app/node_modules
RUN mkdir -m 700 /var/lib/eventstore && chown node:node /var/lib/eventstore
USER node
CMD ["node", "/app/serve.mjs", "/var/lib/eventstore", "2113", "24.6", "0.0.0.0"]
DOCKERFILE
fi

if ! has prom/prometheus:v3.1.0; then
  context
  build prom/prometheus:v3.1.0 <<'DOCKERFILE'
FROM doorbuster-offline/debian
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends prometheus wget && rm -rf /var/lib/apt/lists/*
RUN mkdir -p /prometheus && chown nobody /prometheus
USER nobody
ENTRYPOINT ["prometheus", "--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
DOCKERFILE
fi

# What is built here has no digest that could be known before.
without_digests() { sed 's/@sha256:[0-9a-f]*//' "$1"; }
without_digests Dockerfile | docker build --network=host --tag doorbuster:latest --file - .
docker run --rm --user 0 --entrypoint du doorbuster:latest -sxh /
[ "$what" = up ] || exit 0

without_digests docker-compose.yml > "$work/docker-compose.yml"
compose+=(--project-directory . --file "$work/docker-compose.yml")
"${compose[@]}" up --detach --no-build api-1 api-2 worker projector relay scheduler prometheus
# Compose of Debian has no --wait.
for service in api-1 api-2 worker projector relay scheduler; do
  id=$("${compose[@]}" ps --quiet "$service")
  for _ in $(seq 120); do
    state=$(docker inspect --format '{{.State.Health.Status}}' "$id")
    [ "$state" = healthy ] && break
    sleep 1
  done
  echo "$service $state"
  [ "$state" = healthy ] || { docker logs --tail 20 "$id"; exit 1; }
done
