package org.quantumhub.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.quantumhub.load.AnswerReader.Answer;

/// One kept-alive connection of HTTP/1.1 that never makes its thread wait: a [Selector] says when there is something to
/// do. One request at a time.
final class Http implements Closeable {

    private final SocketChannel channel;
    private final SelectionKey key;
    private final AnswerReader reader = new AnswerReader();
    private ByteBuffer unsent = ByteBuffer.allocate(0);

    /// Begins to connect.
    ///
    /// @param owner what the selector's key carries
    /// @throws UnknownHostException for a host without an address
    Http(URI hub, Selector selector, @Nullable Object owner) throws IOException {
        InetSocketAddress address = new InetSocketAddress(hub.getHost(), hub.getPort());
        if (address.isUnresolved()) {
            throw new UnknownHostException(hub.getHost());
        }
        channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            boolean connected = channel.connect(address);
            key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, owner);
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    /// The bytes of a request.
    ///
    /// @param headers further header lines, each with its line end
    static byte[] request(String method, String path, String headers, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: hub\r\n" + headers
                + (content.length == 0
                        ? ""
                        : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n")
                + "\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /// Begins to send a request.
    void begin(byte[] request) throws IOException {
        unsent = ByteBuffer.wrap(request);
        if (channel.isConnected()) {
            write();
        }
    }

    /// Does what can be done at once.
    ///
    /// @return the answer, once all of it is there
    /// @throws EOFException when the hub has closed the connection
    @Nullable
    Answer progress() throws IOException {
        if (channel.isConnectionPending() && !channel.finishConnect()) {
            return null;
        }
        if (unsent.hasRemaining() || key.interestOps() == SelectionKey.OP_CONNECT) {
            write();
        }
        if (!reader.fill(channel)) {
            throw new EOFException("the hub closed the connection");
        }
        return reader.next();
    }

    private void write() throws IOException {
        channel.write(unsent);
        key.interestOps(SelectionKey.OP_READ | (unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
