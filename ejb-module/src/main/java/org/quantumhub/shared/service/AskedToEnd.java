package org.quantumhub.shared.service;

/// Something that is done as soon as the process is asked to end. The server gives its threads and connections half a
/// minute to end before it stops the application; what never ends by itself would make everybody wait for that long.
public final class AskedToEnd implements AutoCloseable {

    private final Thread hook;

    /// @param name of the thread that does it
    public AskedToEnd(String name, Runnable what) {
        hook = new Thread(what, name);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// The application ends before the process: it has done by itself what was to be done.
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the process is ending, and the hook has done its work
        }
    }
}
