# Images of the server and of the terminal client:
#
#     docker build --target server -t chitty-chat-server .
#     docker build --target client -t chitty-chat-client .
#
# The jars are built inside (JARS=build, the default; Maven comes by itself), or taken from chat-*/target, where
# ./mvnw package has put them (--build-arg JARS=target). Docker's classic builder and BuildKit both do.

# With glibc and bash, hence none on Alpine. The JDK only builds.
ARG JDK=eclipse-temurin:25-jdk
ARG JRE=eclipse-temurin:25-jre

FROM ${JDK} AS unpacked
ARG JARS=build
WORKDIR /src
COPY . .
RUN [ "$JARS" = target ] || { rm -rf chat-*/target && \
        ./mvnw -q -B -Dmaven.test.skip -Dspotless.check.skip -pl chat-server,chat-client -am package; }
# What changes seldom apart from what changes with each commit.
RUN for part in server client; do \
        java -Djarmode=tools -jar chat-$part/target/chat-$part.jar extract --layers --destination /unpacked/$part || exit; \
    done
# Native libraries beside the jars: out of a jar they would be unpacked to /tmp, where nothing may be executed.
WORKDIR /unpacked/native
RUN machine=$(uname -m) && \
    jar xf /unpacked/server/dependencies/lib/sqlite-jdbc-*.jar org/sqlite/native/Linux/$machine && \
    jar xf /unpacked/server/dependencies/lib/grpc-netty-shaded-*.jar META-INF/native && \
    jar xf /unpacked/client/dependencies/lib/jline-3*.jar org/jline/nativ/Linux && \
    mkdir sqlite netty jline && mv org/sqlite/native/Linux/$machine/*.so sqlite && \
    mv META-INF/native/*linux*.so META-INF/native/*epoll*.so netty && \
    { mv org/jline/nativ/Linux/$machine/*.so jline || mv org/jline/nativ/Linux/arm64/*.so jline; } && \
    rm -rf org META-INF && chmod -R a+rX /unpacked

FROM ${JRE} AS base
RUN echo 'chitty:x:10001:10001:Chitty-Chat:/data:/bin/false' >>/etc/passwd && \
    echo 'chitty:x:10001:' >>/etc/group && \
    mkdir -p /app /data/logs && chown -R 10001:10001 /data
ENV LANG=C.UTF-8
WORKDIR /data
LABEL org.opencontainers.image.vendor="Chitty-Chat" \
      org.opencontainers.image.licenses="Apache-2.0"

FROM base AS server
COPY --from=unpacked /unpacked/native/sqlite/ /app/native/sqlite/
COPY --from=unpacked /unpacked/native/netty/ /app/native/netty/
COPY --from=unpacked /unpacked/server/dependencies/ /app/
COPY --from=unpacked /unpacked/server/application/ /app/
COPY config/container/server.options config/container/healthy /app/
# The JVM keeps its classes as it needs them, which halves the time of a start. Before Java 25 this takes
# -XX:ArchiveClassesAtExit and -XX:SharedArchiveFile.
ARG CACHE_MADE_BY=-XX:AOTCacheOutput
ARG CACHE_USED_BY=-XX:AOTCache
RUN java -Xlog:disable $CACHE_MADE_BY=/app/classes.cache -Dspring.context.exit=onRefresh @/app/server.options \
        --chitty.store.file=/tmp/training.db --grpc.server.port=0 --server.port=0 && \
    { echo $CACHE_USED_BY=/app/classes.cache && cat /app/server.options; } >/app/java.options && \
    chmod a+r /app/* && rm -rf /tmp/*
ENV CHITTY_ADDRESS=0.0.0.0 \
    CHITTY_STORE_FILE=/data/chitty.db
USER 10001:10001
VOLUME /data
EXPOSE 9090 8080
HEALTHCHECK --interval=3s --timeout=3s --start-period=30s --retries=3 CMD ["/app/healthy"]
ENTRYPOINT ["java", "@/app/java.options"]
ARG VERSION=unknown
LABEL org.opencontainers.image.title="Chitty-Chat server" \
      org.opencontainers.image.description="A chat service that can be trusted about the order of what was said" \
      org.opencontainers.image.version="$VERSION"

FROM base AS client
COPY --from=unpacked /unpacked/native/netty/ /app/native/netty/
COPY --from=unpacked /unpacked/native/jline/ /app/native/jline/
COPY --from=unpacked /unpacked/client/dependencies/ /app/
COPY --from=unpacked /unpacked/client/application/ /app/
COPY config/container/client.options /app/
ARG CACHE_MADE_BY=-XX:AOTCacheOutput
ARG CACHE_USED_BY=-XX:AOTCache
# Nobody answers at port 1, which is exit code 3.
RUN { java -Xlog:disable $CACHE_MADE_BY=/app/classes.cache @/app/client.options --server localhost:1 --log-dir /tmp \
        --chitty.client.state-dir=/tmp join training --exec help || [ $? = 3 ]; } && \
    { echo $CACHE_USED_BY=/app/classes.cache && cat /app/client.options; } >/app/java.options && \
    chmod a+r /app/* && rm -rf /tmp/*
ENV CHITTY_CLIENT_SERVER=server:9090 \
    CHITTY_CLIENT_LOGDIR=/data/logs \
    CHITTY_CLIENT_STATEDIR=/data/state
USER 10001:10001
VOLUME /data
ENTRYPOINT ["java", "@/app/java.options"]
ARG VERSION=unknown
LABEL org.opencontainers.image.title="Chitty-Chat client" \
      org.opencontainers.image.description="A participant at a terminal or in a script" \
      org.opencontainers.image.version="$VERSION"
