package org.quantumhub.launch;

import java.util.ArrayList;
import java.util.List;

/// How the Java of the server compiles: early, and on Linux behind whoever answers requests.
///
/// In its first minutes a server interprets, then runs code that is compiled quickly and counts how often it is
/// called, and has what is called often compiled well. On two processors the good compiler (C2) took half of one for a
/// minute under 1,000 submissions a second, while they came; requests waited behind it.
final class Compiling {

    /// A third of what Java asks for (5,000, 600 and 15,000): what a server does with each request is known after a
    /// thousand of them, and until then it takes more of the processor.
    private static final List<String> EARLY = List.of(
            "-XX:Tier4InvocationThreshold=1500",
            "-XX:Tier4MinInvocationThreshold=200",
            "-XX:Tier4CompileThreshold=4000");

    /// Priorities are left alone by Java unless asked for; a number above 0 needs no right (`nice(2)`). Three steps are
    /// half of what others get where there is not enough for all. With fewer, requests of a server's second minute wait
    /// behind compilers; with five, a server that comes under full load at once stays slow for minutes, since dozens of
    /// threads want the processors and the compilers hardly ever have them.
    private static final List<String> BEHIND = List.of("-XX:ThreadPriorityPolicy=1", "-XX:CompilerThreadPriority=3");

    /// From so many on Java has two threads of the good compiler by itself.
    private static final int PROCESSORS_OF_TWO = 4;

    /// One quick one and two good ones.
    private static final String TWO_GOOD_ONES = "-XX:CICompilerCount=3";

    private Compiling() {}

    /// @param linux elsewhere the numbers of priorities mean something else
    static List<String> options(int processors, boolean linux) {
        List<String> options = new ArrayList<>(EARLY);
        if (linux) {
            options.addAll(BEHIND);
            if (processors > 1 && processors < PROCESSORS_OF_TWO) {
                options.add(TWO_GOOD_ONES);
            }
        }
        return List.copyOf(options);
    }

    /// For this machine.
    static List<String> options() {
        return options(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name").equals("Linux"));
    }
}
