package io.chittychat.demo.container;

import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.machine.Home;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes the images of the server, of the client and of a broker, from the jars of this build. */
final class Images {

    private static final String JDK_IMAGE = "eclipse-temurin:25-jdk";
    private static final String JRE_IMAGE = "eclipse-temurin:25-jre";
    private static final Pattern BROKER = Pattern.compile("kafka_[0-9.]+-([0-9.]+)\\.jar");
    private static final String JAVA_HOME = "/opt/java/openjdk";

    private Images() {}

    /**
     * Makes them; a JDK of this machine and a shell stand in for the base images, which no registry is asked for.
     *
     * @param jdk may be an older one than that of the base images
     */
    static void make(Engine engine, Path jdk) throws IOException {
        List<String> tar = List.of(Home.dir().resolve(".ci/base-image").toString(), jdk.toString());
        engine.load(JDK_IMAGE, tar, "ENV JAVA_HOME=" + JAVA_HOME, "ENV PATH=%s/bin:/usr/bin:/bin".formatted(JAVA_HOME));
        engine.docker("tag", JDK_IMAGE, JRE_IMAGE);
        for (String target : List.of("server", "client")) {
            List<String> build = new ArrayList<>(List.of("build", "--quiet", "--target", target, "--tag"));
            build.addAll(List.of("chitty-chat-" + target, "--build-arg", "JARS=target"));
            if (release(jdk) < 25) {
                build.addAll(List.of("--build-arg", "CACHE_MADE_BY=-XX:ArchiveClassesAtExit"));
                build.addAll(List.of("--build-arg", "CACHE_USED_BY=-XX:SharedArchiveFile"));
            }
            build.add(".");
            engine.docker(build.toArray(new String[0]));
        }
    }

    /** Makes the image of a broker, whose jars the build has taken from Maven Central; needs the base images. */
    static void makeBroker(Engine engine) throws IOException {
        Path context = Home.dir().resolve(Path.of("chat-cluster", "target"));
        engine.docker(
                "build",
                "--quiet",
                "--tag",
                "apache/kafka:" + kafkaVersion(context.resolve("lib")),
                "--file",
                Home.dir()
                        .resolve(Path.of("chat-demo", "src", "test", "resources", "container", "broker.Dockerfile"))
                        .toString(),
                context.toString());
    }

    /** The composition names an image of this version, and a registry is not asked for another one. */
    private static String kafkaVersion(Path libraries) throws IOException {
        try (Stream<Path> jars = Files.list(libraries)) {
            return jars.map(jar -> BROKER.matcher(String.valueOf(jar.getFileName())))
                    .filter(Matcher::matches)
                    .map(jar -> jar.group(1))
                    .findFirst()
                    .orElseThrow(() -> new ProcessFailedException("there is no broker in " + libraries));
        }
    }

    private static int release(Path jdk) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(jdk.resolve("release"))) {
            properties.load(reader);
        }
        String version = properties.getProperty("JAVA_VERSION");
        if (version == null) {
            throw new ProcessFailedException("no version in " + jdk.resolve("release"));
        }
        return Integer.parseInt(version.replace("\"", "").replaceAll("[^0-9].*", ""));
    }
}
