package org.quantumhub.shared.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/// Passes bytes on to a port of this machine, and cuts the first connections after so many of them.
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket door;
    private final int target;
    private final long bytes;
    private final AtomicInteger cuts;
    private final AtomicInteger cut = new AtomicInteger();

    /// @param bytes that a connection carries towards the target before it is cut
    /// @param cuts how many connections are cut
    CuttingProxy(int target, long bytes, int cuts) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        this.bytes = bytes;
        this.cuts = new AtomicInteger(cuts);
        Thread.ofVirtual().start(this::open);
    }

    int port() {
        return door.getLocalPort();
    }

    /// How many connections were cut so far.
    int cut() {
        return cut.get();
    }

    private void open() {
        try {
            while (true) {
                Socket client = door.accept();
                boolean cutting = cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
                Thread.ofVirtual().start(() -> carry(client, cutting));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void carry(Socket client, boolean cutting) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            Thread back = Thread.ofVirtual().start(() -> {
                try (client;
                        server) {
                    server.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException ended) {
                    // the other side has gone
                }
            });
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            byte[] buffer = new byte[8192];
            long carried = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                carried += read;
                if (cutting && carried > bytes) {
                    cut.incrementAndGet();
                    client.setSoLinger(true, 0); // a reset, not a polite end
                    return;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
            back.join();
        } catch (IOException ended) {
            // the other side has gone
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
