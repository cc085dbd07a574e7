# Stands in for postgres:16 in the tests of compose.yaml: Debian's own, 15.
ARG BASE
FROM ${BASE}
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-15
COPY start /start
VOLUME /var/lib/postgresql/data
STOPSIGNAL SIGINT
CMD ["/start"]
