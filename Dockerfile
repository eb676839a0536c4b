# Two stages: the first one builds, the second one holds only what runs.
FROM python:3.11-slim AS build
RUN pip install --no-cache-dir uv \
    # For the kernel of the forecast; without a compiler it would run on numpy alone, slower.
    && apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY lobby lobby
COPY kiosk kiosk
COPY display display
COPY counter counter
COPY static static
ENV UV_PROJECT_ENVIRONMENT=/opt/lobby UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
RUN uv sync --no-dev --no-editable --no-cache

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home lobby \
    && install --directory --owner=lobby --group=lobby /data
COPY --from=build /opt/lobby /opt/lobby
ENV PATH=/opt/lobby/bin:$PATH \
    LOBBY_ENVIRONMENT=production \
    LOBBY_DATABASE=/data/lobby.db \
    LOBBY_HOST=0.0.0.0 \
    LOBBY_PORT=8080
USER lobby
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=4s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/readyz', timeout=3)"]
CMD ["lobby", "serve"]
