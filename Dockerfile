# The service: docker build -t unmask . && docker run --read-only --tmpfs /tmp -p 127.0.0.1:8080:8080 unmask
# docs/server.md says what it answers, and what to add where others reach it.

FROM debian:bookworm-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl openjdk-17-jdk-headless \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN ./mvnw -B -ntp -q -pl cli -am package -DskipTests -Djacoco.skip -Dspotless.check.skip \
    && mkdir /unmask \
    && cp -r cli/target/unmask.jar cli/target/lib /unmask/ \
    && cp LICENSE NOTICE /unmask/
# The native libraries of this platform, unpacked now, since later nothing can be written.
RUN java -Dorg.bytedeco.javacpp.cachedir=/unmask/natives -jar /unmask/unmask.jar \
    classify examples/data/portrait.jpg

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl openjdk-17-jre-headless \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin unmask
COPY --from=build /unmask /unmask
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/healthz"]
# UNMASK_TOKEN, if it is set, is the token that callers must send. Java takes at most half of the
# container's memory for its heap, since the memory of the engine is outside of it.
ENTRYPOINT ["java", "-XX:-UsePerfData", "-XX:MaxRAMPercentage=50", "-XX:G1PeriodicGCInterval=60000", \
    "-Djna.platform.library.path=", "-Dorg.bytedeco.javacpp.cachedir=/unmask/natives", \
    "-jar", "/unmask/unmask.jar", "serve", "--host", "0.0.0.0"]
