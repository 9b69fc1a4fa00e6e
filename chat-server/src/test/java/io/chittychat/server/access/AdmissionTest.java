package io.chittychat.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.text.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Authority AUTHORITY = new Authority("test");

    private static Credentials token(String token) {
        return new Credentials(Optional.of(new Secret(token)), Optional.empty());
    }

    private static Verdict certificate(CertificateNames.Field field, String subject, String... hosts) {
        return new CertificateNames(field)
                .judge(new Credentials(
                        Optional.empty(),
                        Optional.of(AUTHORITY.issue(subject, hosts).certificate())));
    }

    @Test
    void anySharedTokenAdmits() {
        Admission admission = new SharedTokens(List.of(new Secret("one"), new Secret("two")));

        assertThat(admission.judge(token("one"))).isEqualTo(new Verdict.AnyName());
        assertThat(admission.judge(token("two"))).isEqualTo(new Verdict.AnyName());
        assertThat(List.of(token(""), token("onetwo"), token("On"), token("*"), Credentials.NONE))
                .allSatisfy(shown -> assertThat(admission.judge(shown)).isInstanceOf(Verdict.Refused.class));
    }

    @Test
    void commonNameIsTheAllowedName() {
        assertThat(certificate(CertificateNames.Field.CN, "CN=Alice, O=\"A, CN=bob\"", "carol"))
                .isEqualTo(new Verdict.OwnNames(Set.of("alice")));
        assertThat(certificate(CertificateNames.Field.CN, "O=alice")).isEqualTo(new Verdict.OwnNames(Set.of()));
    }

    @Test
    void alternativeNamesAreTheAllowedNames() {
        assertThat(certificate(CertificateNames.Field.SAN, "CN=alice", "bob", "carol.example"))
                .isEqualTo(new Verdict.OwnNames(Set.of("bob", "carol.example")));
        assertThat(certificate(CertificateNames.Field.SAN, "CN=alice")).isEqualTo(new Verdict.OwnNames(Set.of()));
    }

    @Test
    void callerWithoutACertificateIsRefused() {
        assertThat(new CertificateNames(CertificateNames.Field.CN).judge(token("x")))
                .isInstanceOf(Verdict.Refused.class);
    }
}
