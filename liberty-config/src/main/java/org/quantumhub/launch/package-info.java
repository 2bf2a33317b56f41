/// The start of a hub: database, schema, server, and their end in the opposite order.
///
/// A *home* is the folder in which one hub keeps everything that outlives a process: the database, the secrets,
/// the server's folder, the logs. One living launcher holds a home by a lock; whatever a killed launcher left
/// running is recognised by the home it carries on its command line and ended before anything new begins.
///
/// [Hub] reads the command, [Settings] the environment. [EmbeddedDatabase] runs a real PostgreSQL for a home,
/// [DatabaseRoles] makes its accounts and [Migrations] its schema; [LibertyServer] runs the application server.
/// A failure that a person can cure is a [HubFailure]: one sentence on the console and exit code 1.
@NullMarked
package org.quantumhub.launch;

import org.jspecify.annotations.NullMarked;
