package io.chittychat.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** An issuer of JWTs for tests. */
public final class Jwts {

    public static final String AUDIENCE = "chitty-chat";

    private final KeyPair keys;

    public Jwts() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public RSAPublicKey publicKey() {
        return (RSAPublicKey) keys.getPublic();
    }

    public String publicKeyPem() {
        return Authority.pem("PUBLIC KEY", publicKey().getEncoded());
    }

    /** Valid claims. */
    public static JWTClaimsSet.Builder claims(String name) {
        return new JWTClaimsSet.Builder()
                .subject(name)
                .audience(AUDIENCE)
                .issuer("https://issuer.example")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))));
    }

    public String valid(String name) {
        return signed(claims(name).build());
    }

    public String signed(JWTClaimsSet claims) {
        return signed(new JWSHeader(JWSAlgorithm.RS256), claims, new RSASSASigner(keys.getPrivate()));
    }

    public String ofType(String type, JWTClaimsSet claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType(type))
                .build();
        return signed(header, claims, new RSASSASigner(keys.getPrivate()));
    }

    /** A token whose header names its key. */
    public String withKeyId(String keyId, JWTClaimsSet claims) {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build();
        return signed(header, claims, new RSASSASigner(keys.getPrivate()));
    }

    /** A token signed with the same key by another algorithm. */
    public String rs512(JWTClaimsSet claims) {
        return signed(new JWSHeader(JWSAlgorithm.RS512), claims, new RSASSASigner(keys.getPrivate()));
    }

    public static String hs256(byte[] secret, JWTClaimsSet claims) {
        try {
            return signed(new JWSHeader(JWSAlgorithm.HS256), claims, new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token without a signature: "alg": "none". */
    public static String unsigned(JWTClaimsSet claims) {
        return new PlainJWT(claims).serialize();
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }
}
