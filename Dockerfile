# One image, two commands: `server` (page and HTTP API) and `agent` (the interviewer).
# The media server is LiveKit's own image; compose.yaml puts the three together.

FROM node:20-bookworm-slim AS page
WORKDIR /build/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-fund --no-audit
COPY web ./
COPY server/reports/level_names.json ../server/reports/
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY requirements/uv.txt requirements/run.txt requirements/
RUN python -m venv /opt/viva \
 && /opt/viva/bin/python -m pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
 && /opt/viva/bin/uv pip install --no-cache --python /opt/viva/bin/python --require-hashes \
      -r requirements/run.txt

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --create-home viva \
 && install -d -o viva -g viva -m 0700 /data
WORKDIR /app
COPY --from=packages /opt/viva /opt/viva
COPY interview interview
COPY agent agent
COPY server server
COPY viva viva
COPY scenarios scenarios
COPY --from=page /build/web/dist web/dist
COPY tools/container.sh /usr/local/bin/viva-part
COPY LICENSE THIRD_PARTY_NOTICES.md ./
ENV PATH=/opt/viva/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VIVA_DATA_DIR=/data \
    VIVA_HOST=0.0.0.0
USER viva
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["viva-part"]
CMD ["server"]
