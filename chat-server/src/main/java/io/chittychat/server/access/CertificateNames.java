package io.chittychat.server.access;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** Admits callers with a trusted certificate, under a name that the certificate contains. */
public final class CertificateNames implements Admission {

    /** The part of a certificate that contains the name. */
    public enum Field {
        /** The common name of the subject. */
        CN,
        /** The subject alternative names of the types DNS, e-mail and URI. */
        SAN
    }

    /** RFC 5280, 4.2.1.6: rfc822Name, dNSName, uniformResourceIdentifier. */
    private static final Set<Integer> TEXT = Set.of(1, 2, 6);

    private final Field field;

    public CertificateNames(Field field) {
        this.field = field;
    }

    @Override
    public Verdict judge(Credentials shown) {
        return shown.certificate()
                .<Verdict>map(certificate -> Verdict.OwnNames.of(names(certificate)))
                .orElse(new Verdict.Refused(
                        Verdict.Required.CERTIFICATE,
                        "this service requires a client certificate, which only gRPC can show, not HTTP"));
    }

    private Collection<String> names(X509Certificate certificate) {
        try {
            return switch (field) {
                case CN -> commonNames(certificate);
                case SAN -> alternativeNames(certificate);
            };
        } catch (InvalidNameException | CertificateParsingException e) {
            return List.of();
        }
    }

    private static Collection<String> commonNames(X509Certificate certificate) throws InvalidNameException {
        return new LdapName(certificate.getSubjectX500Principal().getName())
                .getRdns().stream()
                        .filter(part -> part.getType().equalsIgnoreCase("CN"))
                        .map(part -> part.getValue().toString())
                        .toList();
    }

    private static Collection<String> alternativeNames(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? List.of()
                : names.stream()
                        .filter(name -> name.get(0) instanceof Integer type && TEXT.contains(type))
                        .map(name -> String.valueOf(name.get(1)))
                        .toList();
    }
}
