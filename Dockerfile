# The gateway alone: WebSockets, REST paths and raw-body webhooks before functions that are deployed elsewhere.
#
#   docker build --tag foyer-gateway .
#   docker run --publish 8080:8080 --env FUNCTIONS_URL=https://foyer-1234.twil.io --env GATEWAY_SECRET=… foyer-gateway
FROM node:22-alpine AS build
WORKDIR /foyer
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npx tsx scripts/bundle-gateway.ts /out/gateway.js

# One file, and Node: nothing is installed.
FROM node:22-alpine
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /gateway
COPY --from=build /out/gateway.js ./
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s CMD wget --quiet --output-document=- http://127.0.0.1:8080/healthz || exit 1
CMD ["node", "gateway.js"]
