# Stands in for the official image of a broker, which no registry is asked for: its paths, its user, and the program that makes
# the broker's settings from the environment, of the same version from Maven Central. The context has lib, the broker's jars.
FROM eclipse-temurin:25-jre
RUN echo 'appuser:x:1000:1000:Kafka:/home/appuser:/bin/bash' >>/etc/passwd && \
    echo 'appuser:x:1000:' >>/etc/group && \
    mkdir -p /etc/kafka/docker /mnt/shared/config /var/lib/kafka/data /opt/kafka/config /opt/kafka/logs && \
    chown -R 1000:1000 /etc/kafka /mnt/shared/config /var/lib/kafka /opt/kafka
COPY lib/ /opt/kafka/libs/
RUN { echo '#!/bin/bash' && echo 'set -e' && \
      echo 'cd /opt/kafka' && \
      echo 'java -cp "libs/*" kafka.docker.KafkaDockerWrapper setup --default-configs-dir /etc/kafka/docker \' && \
      echo '  --mounted-configs-dir /mnt/shared/config --final-configs-dir config' && \
      echo 'exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC $KAFKA_HEAP_OPTS -cp "libs/*" kafka.Kafka config/server.properties'; \
    } >/etc/kafka/docker/run && chmod 755 /etc/kafka/docker/run
USER appuser
EXPOSE 9092
CMD ["/etc/kafka/docker/run"]
