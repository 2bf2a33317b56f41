package org.quantumhub.execution.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/// A real Redis on loopback, which forgets everything when it ends.
final class RedisProgram implements AutoCloseable {

    private final RedisServer server;
    private final int port;

    private RedisProgram(RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /// @param settings further lines of its configuration
    static RedisProgram start(int port, String... settings) throws IOException {
        RedisServerBuilder builder = RedisServer.newRedisServer()
                .bind("127.0.0.1")
                .port(port)
                .setting("save \"\"")
                .setting("maxmemory 64mb")
                .onShutdownForceStop(true);
        List.of(settings).forEach(builder::setting);
        RedisServer server = builder.build();
        server.start();
        return new RedisProgram(server, port);
    }

    static RedisProgram startWithTls(int port, int tlsPort, Path key, Path certificate) throws IOException {
        List<String> settings = new ArrayList<>();
        settings.add("tls-port " + tlsPort);
        settings.add("tls-key-file " + key);
        settings.add("tls-cert-file " + certificate);
        settings.add("tls-ca-cert-file " + certificate);
        settings.add("tls-auth-clients no");
        return start(port, settings.toArray(String[]::new));
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
