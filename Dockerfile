# The image as a container engine builds it. `make image` writes the same without one, for both processors; a test holds the
# two together.
FROM docker.io/library/debian:trixie AS build
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git maven openjdk-25-jdk-headless
WORKDIR /src
COPY . .
# The C library, a runtime of the modules that are used, the agent, and the cache of its classes.
RUN src/test/bin/run-main io.mqexporter.image.ImageBuild root && \
  mv "target/run/image-$(dpkg --print-architecture)/root" /image

FROM scratch
COPY --from=build /image/ /
LABEL org.opencontainers.image.title="mq-exporter" \
  org.opencontainers.image.description="Exposes Kafka, RabbitMQ and RocketMQ as Prometheus metrics" \
  org.opencontainers.image.licenses="Apache-2.0"
ENV MALLOC_ARENA_MAX="2"
USER 65532:65532
WORKDIR /tmp
EXPOSE 19090
ENTRYPOINT ["/opt/java/bin/java", "@/opt/mq-exporter/java.options", "-XX:MaxRAMPercentage=45", "-XX:-UsePerfData", "-XX:AOTCache=/opt/mq-exporter/mq-exporter.aot", "-Xlog:disable", "-Xlog:all=error,aot*=off:stderr", "-jar", "/opt/mq-exporter/mq-exporter.jar"]
CMD ["--config.file=/etc/mq-exporter/mq-exporter.yaml"]
