package org.quantumhub.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import redis.embedded.RedisServer;

/// A real Redis on loopback, which forgets everything when it ends.
final class RedisProgram implements AutoCloseable {

    private final RedisServer server;

    private RedisProgram(RedisServer server) {
        this.server = server;
    }

    static RedisProgram start(int port, String password) {
        try {
            RedisServer server = RedisServer.newRedisServer()
                    .bind("127.0.0.1")
                    .port(port)
                    .setting("save \"\"")
                    .setting("maxmemory 64mb")
                    .setting("requirepass " + password)
                    .onShutdownForceStop(true)
                    .build();
            server.start();
            return new RedisProgram(server);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    boolean isRunning() {
        return server.isActive();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
