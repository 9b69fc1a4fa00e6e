package io.chittychat.server;

import java.nio.file.Path;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Which store the service would use, for what is done instead of starting it. */
final class StoreFile {

    private static final String SETTING = "chitty.store.file";

    private StoreFile() {}

    /**
     * The file that the service would open if it were started with the same arguments: an application without beans reads
     * its settings as the service does, from arguments, the environment, files and profiles.
     */
    static Path configured(String[] arguments) {
        SpringApplication settings = new SpringApplication(StoreFile.class);
        settings.setWebApplicationType(WebApplicationType.NONE);
        settings.setBannerMode(Banner.Mode.OFF);
        settings.setLogStartupInfo(false);
        settings.setRegisterShutdownHook(false);
        try (ConfigurableApplicationContext context = settings.run(arguments)) {
            return Path.of(context.getEnvironment().getRequiredProperty(SETTING));
        }
    }
}
