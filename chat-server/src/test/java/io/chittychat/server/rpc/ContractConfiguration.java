package io.chittychat.server.rpc;

import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
import org.springframework.boot.test.context.TestConfiguration;

/** Watches the errors of the service under test. */
@TestConfiguration(proxyBeanMethods = false)
class ContractConfiguration {

    @GrpcGlobalServerInterceptor
    ErrorConformance errorConformance() {
        return new ErrorConformance();
    }
}
