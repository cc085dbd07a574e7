# Stands in for nginx:stable-alpine in the tests of compose.yaml.
ARG BASE
FROM ${BASE}
RUN apt-get update && apt-get install -y --no-install-recommends nginx-light
CMD ["nginx", "-g", "daemon off;"]
