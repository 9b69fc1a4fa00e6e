package io.chittychat.server.config;

import io.chittychat.server.access.Admission;
import io.chittychat.server.access.CertificateNames;
import io.chittychat.server.access.JwtKeys;
import io.chittychat.server.access.JwtNames;
import io.chittychat.server.access.JwtRules;
import io.chittychat.server.access.SharedTokens;
import io.chittychat.server.setting.SettingsException;
import io.chittychat.server.transport.GrpcSettings;
import io.chittychat.server.transport.ServerTls.ClientCertificate;
import io.chittychat.text.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Makes the {@link Admission} that the settings describe. Throws {@link SettingsException} if they are invalid. */
final class Admissions {

    private static final String JWT = "chitty.auth.jwt.";

    private Admissions() {}

    static Admission of(AuthProperties auth, GrpcSettings.Tls tls) {
        return switch (auth.mode()) {
            case OPEN -> Admission.OPEN;
            case TOKEN -> sharedTokens(auth);
            case JWT -> new JwtNames(decoder(auth.jwt()), auth.jwt().nameClaim());
            case MTLS -> certificates(auth.mtls(), tls);
        };
    }

    private static Admission sharedTokens(AuthProperties auth) {
        List<Secret> tokens = new ArrayList<>(auth.tokens());
        if (auth.tokenFile() != null) {
            read("chitty.auth.token-file", auth.tokenFile())
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.startsWith("#"))
                    .map(Secret::new)
                    .forEach(tokens::add);
        }
        tokens.removeIf(token -> token.value().isBlank());
        if (tokens.isEmpty()) {
            throw new SettingsException("chitty.auth.mode=token needs chitty.auth.token-file or chitty.auth.tokens,"
                    + " with at least one token");
        }
        return new SharedTokens(tokens);
    }

    private static Admission certificates(AuthProperties.Mtls mtls, GrpcSettings.Tls tls) {
        if (!tls.isOn() || tls.clientAuth() == ClientCertificate.NONE) {
            throw new SettingsException("chitty.auth.mode=mtls needs chitty.grpc.tls.bundle,"
                    + " and chitty.grpc.tls.client-auth=need (or want)");
        }
        return new CertificateNames(mtls.name());
    }

    private static JwtDecoder decoder(AuthProperties.Jwt jwt) {
        long keys = Stream.of(jwt.jwkSetUri(), jwt.publicKeyFile(), jwt.secretFile())
                .filter(Objects::nonNull)
                .count();
        if (keys != 1) {
            throw new SettingsException("chitty.auth.mode=jwt needs one of " + JWT + "jwk-set-uri, " + JWT
                    + "public-key-file and " + JWT + "secret-file");
        }
        if (jwt.audience() == null || jwt.audience().isBlank()) {
            throw new SettingsException("chitty.auth.mode=jwt needs " + JWT + "audience, so that tokens for"
                    + " another service are refused");
        }
        Optional<String> issuer = Optional.ofNullable(jwt.issuer()).filter(name -> !name.isBlank());
        JwtRules rules = new JwtRules(jwt.audience(), issuer, jwt.clockSkew());
        if (jwt.secretFile() != null) {
            return hmac(jwt.secretFile(), algorithm(jwt, "HS256", MacAlgorithm::from), rules);
        }
        SignatureAlgorithm signature = algorithm(jwt, "RS256", SignatureAlgorithm::from);
        return jwt.publicKeyFile() == null
                ? fetched(Objects.requireNonNull(jwt.jwkSetUri()), signature, rules)
                : rsa(jwt.publicKeyFile(), signature, rules);
    }

    private static <A> A algorithm(AuthProperties.Jwt jwt, String otherwise, Function<String, @Nullable A> named) {
        String name = jwt.algorithm() == null || jwt.algorithm().isBlank() ? otherwise : jwt.algorithm();
        A algorithm = named.apply(name);
        if (algorithm == null) {
            throw new SettingsException(
                    JWT + "algorithm=" + name + " does not fit that kind of key; use for example " + otherwise);
        }
        return algorithm;
    }

    private static JwtDecoder hmac(Path file, MacAlgorithm algorithm, JwtRules rules) {
        Secret secret = new Secret(read(JWT + "secret-file", file).strip());
        int needed = Integer.parseInt(algorithm.getName().substring(2)) / Byte.SIZE; // RFC 7518, 3.2
        if (secret.value().length() < needed) {
            throw new SettingsException(
                    JWT + "secret-file has fewer than " + needed + " characters, too few for " + algorithm);
        }
        return JwtKeys.of(secret, algorithm, rules);
    }

    private static JwtDecoder fetched(URI address, SignatureAlgorithm algorithm, JwtRules rules) {
        try {
            return JwtKeys.at(address, algorithm, rules);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    JWT + "jwk-set-uri: " + address + " is not a URL such as https://id.example/keys", e);
        }
    }

    private static JwtDecoder rsa(Path file, SignatureAlgorithm algorithm, JwtRules rules) {
        try (InputStream pem = Files.newInputStream(file)) {
            return JwtKeys.of(RsaKeyConverters.x509().convert(pem), algorithm, rules);
        } catch (IOException | RuntimeException e) {
            throw new SettingsException(
                    JWT + "public-key-file: " + file + " cannot be read, or has no RSA public key in PEM", e);
        }
    }

    private static String read(String setting, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new SettingsException(setting + ": cannot read " + file, e);
        }
    }
}
