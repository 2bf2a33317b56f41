package org.quantumhub.launch;

import java.util.List;

/// `./hub db …`: the schema's commands, on the database of a running hub or on one started for the purpose.
final class DatabaseCommands {
    private static final String USAGE = "Say './hub db update', 'status', 'sql', 'rollback N' or 'roles'.";

    private final Settings settings;
    private final Steps steps;
    private final Shutdown shutdown;

    /// @param steps shown beside the output proper, so that this can be kept in a file
    DatabaseCommands(Settings settings, Steps steps, Shutdown shutdown) {
        this.settings = settings;
        this.steps = steps;
        this.shutdown = shutdown;
    }

    void run(List<String> words) {
        String command = words.isEmpty() ? "" : words.getFirst();
        switch (command) {
            case "update" -> {
                int count = open().update();
                System.out.println(count == 0 ? "The schema was up to date." : Migrations.counted(count) + " run.");
            }
            case "status" -> status(open().pending());
            case "sql" -> System.out.println(open().updateSql());
            case "rollback" -> {
                int count = count(words);
                open().rollback(count);
                System.out.println(Migrations.counted(count) + " undone.");
            }
            case "roles" -> roles();
            default -> throw new HubFailure(USAGE);
        }
    }

    private static void status(List<String> pending) {
        if (pending.isEmpty()) {
            System.out.println("The schema is up to date.");
        } else {
            System.out.println(Migrations.counted(pending.size()) + " not run yet:");
            pending.forEach(name -> System.out.println("  " + name));
        }
    }

    private static int count(List<String> words) {
        if (words.size() == 2 && words.get(1).matches("[1-9][0-9]{0,4}")) {
            return Integer.parseInt(words.get(1));
        }
        throw new HubFailure("Say how many change sets to undo, as in './hub db rollback 1'.");
    }

    private void roles() {
        HomeChecks.makeWritable(settings.home());
        String name =
                settings.external().map(external -> external.address().name()).orElse(DatabaseRoles.DATABASE);
        DatabaseRoles.with(Secrets.of(settings.home()), settings.environment())
                .statements(name)
                .forEach(statement -> System.out.println(statement + ";"));
    }

    private Migrations open() {
        return HubDatabase.reachable(settings, steps, shutdown).migrations();
    }
}
