# 积善 Jishan in a container. It runs as an unprivileged user, and everything it writes is in the volume /data:
#   docker build -t jishan .
#   docker run -d -p 8080:8080 -v jishan:/data --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges jishan
# deploy/compose.yaml says the same.

FROM node:24.21.0-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN node scripts/build.mjs
RUN npm prune --omit=dev

FROM node:24.21.0-slim
ENV NODE_ENV=production DATA_DIR=/data PORT=8080 TZ=Asia/Shanghai NODE_OPTIONS="--max-semi-space-size=4 --v8-pool-size=1" MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/scripts ./scripts
COPY --from=build /app/shared ./shared
COPY --from=build /app/db ./db
COPY --from=build /app/server ./server
# Everything that a start loads, compiled: a container cannot keep that from one start to the next. Node looks for what the
# same user compiled with the same flags; it belongs to root all the same, and is only read.
RUN install -d -o node .jishan/compiled \
    && setpriv --reuid=node --regid=node --clear-groups node --input-type=module -e "await import('./server/fast-start.mjs'); await import('./server/serve.ts'); (await import('node:module')).flushCompileCache()" \
    && chown -R root:root .jishan && chmod -R a+rX .jishan
# The command line: docker compose exec jishan jishan verify
RUN ln -s /app/scripts/jishan.mjs /usr/local/bin/jishan
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/api/v1/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.mjs"]
